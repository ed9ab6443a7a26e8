import { describe, expect, it } from "vitest";
import { chartsFor } from "./chartList";
import { readFileSystems } from "./fileSystemList";
import type { MetricTrack } from "./tracks";

describe("chartsFor", () => {
  it("draws one chart per disk and interface, loopback last", () => {
    const tracks = [
      track("bulkhead.network.io.rate", {
        "network.interface.name": "lo",
        "network.io.direction": "receive",
      }),
      track("bulkhead.network.io.rate", {
        "network.interface.name": "eth10",
        "network.io.direction": "receive",
      }),
      track("bulkhead.network.io.rate", {
        "network.interface.name": "eth9",
        "network.io.direction": "receive",
      }),
      track("bulkhead.disk.io.rate", { "system.device": "sda", "disk.io.direction": "write" }),
    ];

    expect(chartsFor(tracks).map(({ id }) => id)).toEqual([
      "disk-sda",
      "network-eth9",
      "network-eth10",
      "network-lo",
    ]);
  });

  it("tells the whole processor from its cores", () => {
    const tracks = [
      track("system.cpu.utilization", {}),
      track("system.cpu.utilization", { "cpu.logical_number": "0" }),
    ];
    const [cpu, cores] = chartsFor(tracks);

    expect(tracks.map((one) => cpu?.label(one))).toEqual(["All cores", undefined]);
    expect(tracks.map((one) => cores?.label(one))).toEqual([undefined, "Core 0"]);
  });

  it("leaves out what the host does not have", () => {
    const noSwap = track("system.paging.usage", { "system.paging.state": "used" }, 0);

    expect(chartsFor([noSwap])).toEqual([]);
  });
});

describe("readFileSystems", () => {
  it("counts what is reserved as full and puts the fullest first", () => {
    const usage = (mountpoint: string, state: string, value: number) =>
      track(
        "system.filesystem.usage",
        { "system.filesystem.mountpoint": mountpoint, "system.filesystem.state": state },
        value,
      );
    const tracks = [
      usage("/", "used", 45),
      usage("/", "free", 45),
      usage("/", "reserved", 10),
      usage("/data", "used", 9),
      usage("/data", "free", 1),
    ];

    expect(readFileSystems(tracks)).toMatchObject([
      { mountpoint: "/data", share: 0.9, total: 10 },
      { mountpoint: "/", share: 0.5, total: 100 },
    ]);
  });
});

function track(metric: string, attributes: Record<string, string>, value = 1): MetricTrack {
  return { metric, attributes, times: [1], values: [value], peaks: [] };
}
