import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { History } from "../api/types";
import { LiveTracks } from "./tracks";

const now = Date.parse("2026-03-01T12:00:00Z");
const cpu = "system.cpu.utilization";

describe("LiveTracks", () => {
  beforeEach(() => void vi.useFakeTimers({ now }));
  afterEach(() => void vi.useRealTimers());

  it("keeps samples in order and each once", () => {
    const tracks = new LiveTracks();

    for (const at of [1, 2, 2, 1, 3]) tracks.add(sample(now + at * 1_000, at));

    expect(tracks.all()[0]?.values).toEqual([1, 2, 3]);
  });

  it("forgets what has left the window", () => {
    const tracks = new LiveTracks();

    for (let at = 0; at <= 400; at += 1) tracks.add(sample(now + at * 1_000, at));

    expect(tracks.all()[0]?.values[0]).toBe(70);
  });

  it("fills an outage from the store and leaves live samples as they are", () => {
    const tracks = new LiveTracks();
    tracks.add(sample(now - 100_000, 1));
    tracks.add(sample(now - 50_000, 2));

    tracks.fill(history([-900_000, -100_000, -80_000, -60_000, -50_000]));

    expect(tracks.all()[0]?.times.map((time) => time - now / 1_000)).toEqual([-100, -80, -60, -50]);
    expect(tracks.all()[0]?.values).toEqual([1, 0.5, 0.5, 2]);
  });

  it("tells of a series that is new", () => {
    const tracks = new LiveTracks();
    const before = tracks.readShape();

    tracks.add(sample(now, 1));
    const first = tracks.readShape();
    tracks.add(sample(now + 1_000, 1));

    expect(first).not.toBe(before);
    expect(tracks.readShape()).toBe(first);
  });
});

function sample(at: number, value: number) {
  return { host: "h", at, metrics: [{ name: cpu, attributes: {}, value }] };
}

function history(offsets: number[]): History {
  const points = offsets.map((offset): [number, number, number, number] => [now + offset, 0.5, 0.4, 0.6]);
  return { metric: cpu, unit: "1", from: "", to: "", stepSeconds: 10, series: [{ attributes: {}, points }] };
}
