import type { Scale } from "../charts/source";
import { bytes, bytesPerSecond, degrees, percent, plainNumber } from "../ui/format";
import type { MetricTrack } from "./tracks";

export interface ChartSpec {
  id: string;
  title: string;
  scale: Scale;
  /** The line's name for a track that belongs here. */
  label: (track: MetricTrack) => string | undefined;
  /** Also draws each step's largest value, where history holds it. */
  peaks?: boolean;
}

/** Every metric that the host page draws. */
export const drawnMetrics = [
  "system.cpu.utilization",
  "system.cpu.load_average.1m",
  "system.cpu.load_average.5m",
  "system.cpu.load_average.15m",
  "system.memory.usage",
  "system.paging.usage",
  "system.filesystem.utilization",
  "system.filesystem.usage",
  "bulkhead.disk.io.rate",
  "bulkhead.network.io.rate",
  "hw.temperature",
] as const;

const share: Scale = { format: percent, ceiling: 1 };
const plain: Scale = { format: plainNumber };
const size: Scale = { format: bytes, binary: true };
const rate: Scale = { format: bytesPerSecond, binary: true };
const warmth: Scale = { format: degrees, floating: true };

const fixed: ChartSpec[] = [
  {
    id: "cpu",
    title: "CPU",
    scale: share,
    peaks: true,
    label: (track) => (core(track) === undefined ? cpu(track) : undefined),
  },
  {
    id: "cores",
    title: "CPU by core",
    scale: share,
    label: (track) => (cpu(track) ? coreName(track) : undefined),
  },
  {
    id: "load",
    title: "Load",
    scale: plain,
    label: ({ metric }) => minutes[metric],
  },
  {
    id: "memory",
    title: "Memory",
    scale: size,
    label: ({ metric, attributes }) =>
      metric === "system.memory.usage" ? capital(attributes["system.memory.state"]) : undefined,
  },
  {
    id: "swap",
    title: "Swap",
    scale: size,
    label: ({ metric, attributes }) =>
      metric === "system.paging.usage" ? capital(attributes["system.paging.state"]) : undefined,
  },
  {
    id: "filesystems",
    title: "File system use",
    scale: share,
    label: ({ metric, attributes }) =>
      metric === "system.filesystem.utilization" ? attributes["system.filesystem.mountpoint"] : undefined,
  },
];

const temperatures: ChartSpec = {
  id: "temperature",
  title: "Temperatures",
  scale: warmth,
  label: ({ metric, attributes }) =>
    metric === "hw.temperature" ? (attributes["hw.name"] ?? attributes["hw.id"]) : undefined,
};

/** The charts that these tracks call for: the same for all hosts, then one per disk and per interface. */
export function chartsFor(tracks: readonly MetricTrack[]): ChartSpec[] {
  const disks = names(tracks, "bulkhead.disk.io.rate", "system.device").map((device) =>
    throughput(
      `disk-${device}`,
      `Disk ${device}`,
      "bulkhead.disk.io.rate",
      "system.device",
      device,
      "disk.io.direction",
    ),
  );
  const interfaces = names(tracks, "bulkhead.network.io.rate", "network.interface.name").map((name) =>
    throughput(
      ...([`network-${name}`, `Network ${name}`, "bulkhead.network.io.rate"] as const),
      ...(["network.interface.name", name, "network.io.direction"] as const),
    ),
  );
  return [...fixed, ...disks, ...interfaces, temperatures].filter((chart) =>
    tracks.some((track) => chart.label(track) !== undefined && (chart.id !== "swap" || hasSwap(tracks))),
  );
}

function throughput(
  id: string,
  title: string,
  metric: string,
  nameKey: string,
  name: string,
  directionKey: string,
): ChartSpec {
  return {
    id,
    title,
    scale: rate,
    label: (track) =>
      track.metric === metric && track.attributes[nameKey] === name
        ? capital(track.attributes[directionKey])
        : undefined,
  };
}

/** Sorted, the loopback interface last. */
function names(tracks: readonly MetricTrack[], metric: string, key: string): string[] {
  const found = tracks.filter((track) => track.metric === metric).map((track) => track.attributes[key]);
  const unique = [...new Set(found.filter((name) => name !== undefined))];
  return unique.sort(
    (a, b) => Number(a === "lo") - Number(b === "lo") || a.localeCompare(b, "en", { numeric: true }),
  );
}

function hasSwap(tracks: readonly MetricTrack[]): boolean {
  return tracks.some(
    (track) => track.metric === "system.paging.usage" && track.values.some((value) => (value ?? 0) > 0),
  );
}

const minutes: Record<string, string> = {
  "system.cpu.load_average.1m": "1 min",
  "system.cpu.load_average.5m": "5 min",
  "system.cpu.load_average.15m": "15 min",
};

function cpu({ metric }: MetricTrack): string | undefined {
  return metric === "system.cpu.utilization" ? "All cores" : undefined;
}

function core({ attributes }: MetricTrack): string | undefined {
  return attributes["cpu.logical_number"] ?? attributes.cpu;
}

function coreName(track: MetricTrack): string | undefined {
  const number = core(track);
  return number === undefined ? undefined : `Core ${number}`;
}

function capital(text: string | undefined): string | undefined {
  return text && text.charAt(0).toUpperCase() + text.slice(1);
}
