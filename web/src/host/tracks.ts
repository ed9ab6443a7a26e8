import type { Attributes, History, SampleEvent } from "../api/types";

/** One series of one metric: what it is of, and its points. */
export interface MetricTrack {
  metric: string;
  attributes: Attributes;
  /** Epoch seconds, ascending. */
  times: number[];
  values: (number | null)[];
  /** The largest value within each step; for history only. */
  peaks: (number | null)[];
}

export function trackKey(metric: string, attributes: Attributes): string {
  const pairs = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${metric}|${pairs.map((pair) => pair.join("=")).join(",")}`;
}

export function tracksOf(history: History): MetricTrack[] {
  return history.series.map(({ attributes, points }) => ({
    metric: history.metric,
    attributes,
    times: points.map(([millis]) => millis / 1_000),
    values: points.map(([, mean]) => mean),
    peaks: points.map(([, , , max]) => max),
  }));
}

const windowSeconds = 300;

/** The last five minutes of a host, second by second. */
export class LiveTracks {
  private readonly tracks = new Map<string, MetricTrack>();
  private readonly listeners = new Set<() => void>();
  private newest = 0;
  private shapeNumber = 0;

  /** Changes whenever a series appears that was not there before. */
  readonly readShape = (): number => this.shapeNumber;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  all(): MetricTrack[] {
    return [...this.tracks.values()];
  }

  /** Ends at the newest sample, or now if the host is silent. */
  span(): [number, number] {
    const now = Date.now() / 1_000;
    const end = this.newest > 0 && Math.abs(now - this.newest) < 15 ? this.newest : now;
    return [end - windowSeconds, end];
  }

  add(event: SampleEvent): void {
    const time = event.at / 1_000;
    this.newest = Math.max(this.newest, time);
    for (const { name, attributes, value } of event.metrics) {
      const track = this.track(name, attributes);
      if (time <= (track.times.at(-1) ?? 0)) continue;
      track.times.push(time);
      track.values.push(value);
      forget(track, time - windowSeconds - 30);
    }
    this.tell();
  }

  /** Puts stored points around those that were seen live, which stay as they are. */
  fill(history: History): void {
    const from = Date.now() / 1_000 - windowSeconds - 30;
    for (const stored of tracksOf(history)) {
      const track = this.track(stored.metric, stored.attributes);
      const near = nearTo(track.times);
      const points = stored.times
        .map((time, index): [number, number | null] => [time, stored.values[index] ?? null])
        .filter(([time, value]) => time >= from && value !== null && !near(time));
      const seen = track.times.map((time, index): [number, number | null] => [
        time,
        track.values[index] ?? null,
      ]);
      const merged = [...points, ...seen].sort(([a], [b]) => a - b);
      track.times = merged.map(([time]) => time);
      track.values = merged.map(([, value]) => value);
      this.newest = Math.max(this.newest, track.times.at(-1) ?? 0);
    }
    this.tell();
  }

  private track(metric: string, attributes: Attributes): MetricTrack {
    const key = trackKey(metric, attributes);
    const known = this.tracks.get(key);
    if (known) return known;
    const track = { metric, attributes, times: [], values: [], peaks: [] };
    this.tracks.set(key, track);
    this.shapeNumber += 1;
    return track;
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

function forget(track: MetricTrack, before: number): void {
  const first = track.times.findIndex((time) => time >= before);
  if (first <= 0) return;
  track.times.splice(0, first);
  track.values.splice(0, first);
}

/** A stored mean within two seconds of a live sample says nothing new. */
function nearTo(times: readonly number[]): (time: number) => boolean {
  const seconds = new Set(
    times.flatMap((time) => [-2, -1, 0, 1, 2].map((offset) => Math.round(time) + offset)),
  );
  return (time) => seconds.has(Math.round(time));
}
