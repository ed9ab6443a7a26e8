import { align, historyGap, liveGap, type Frame, type Track } from "../charts/frame";
import type { FrameSource } from "../charts/source";
import type { ChartSpec } from "./chartList";
import type { LiveTracks, MetricTrack } from "./tracks";

export function liveSource(tracks: LiveTracks, chart: ChartSpec): FrameSource {
  return {
    read: () => align(select(tracks.all(), chart), liveGap),
    span: () => tracks.span(),
    subscribe: tracks.subscribe,
  };
}

interface Stored {
  tracks: readonly MetricTrack[];
  stepSeconds: number;
  span: [number, number];
}

export function storedSource(stored: Stored, chart: ChartSpec): FrameSource {
  let frame: Frame | undefined;
  return {
    read: () => (frame ??= align(select(stored.tracks, chart), historyGap(stored.stepSeconds))),
    span: () => stored.span,
    subscribe: () => () => undefined,
  };
}

function select(tracks: readonly MetricTrack[], chart: ChartSpec): Track[] {
  const chosen = tracks.flatMap((track): Track[] => {
    const label = chart.label(track);
    if (label === undefined) return [];
    const mean = { label, times: track.times, values: track.values };
    const hasPeaks = chart.peaks === true && track.peaks.some((peak) => peak !== null);
    return hasPeaks ? [mean, { label: "Peak", times: track.times, values: track.peaks }] : [mean];
  });
  return chosen.sort(
    (a, b) => order(a.label) - order(b.label) || a.label.localeCompare(b.label, "en", { numeric: true }),
  );
}

const known = [
  "All cores",
  "Peak",
  "1 min",
  "5 min",
  "15 min",
  "Used",
  "Cached",
  "Buffers",
  "Free",
  "Receive",
  "Transmit",
];

function order(label: string): number {
  const at = known.indexOf(label);
  return at < 0 ? known.length : at;
}
