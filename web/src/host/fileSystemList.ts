import type { MetricTrack } from "./tracks";

export interface FileSystem {
  mountpoint: string;
  type: string;
  used: number;
  total: number;
  /** Of what can be written to: what is reserved for root counts as full. */
  share: number;
}

/** The newest figures of every file system, the fullest first. */
export function readFileSystems(tracks: readonly MetricTrack[]): FileSystem[] {
  const found = new Map<string, { type: string; states: Record<string, number> }>();
  for (const { metric, attributes, values } of tracks) {
    const mountpoint = attributes["system.filesystem.mountpoint"];
    const state = attributes["system.filesystem.state"];
    const value = values.at(-1);
    if (metric !== "system.filesystem.usage" || !mountpoint || !state || typeof value !== "number") continue;
    const type = attributes["system.filesystem.type"] ?? "";
    const entry = found.get(mountpoint) ?? { type, states: {} };
    entry.states[state] = value;
    found.set(mountpoint, entry);
  }
  const list = [...found].map(([mountpoint, { type, states }]) => {
    const used = states.used ?? 0;
    const usable = used + (states.free ?? 0);
    return {
      mountpoint,
      type,
      used,
      total: usable + (states.reserved ?? 0),
      share: usable > 0 ? used / usable : 0,
    };
  });
  return list.sort((a, b) => b.share - a.share);
}
