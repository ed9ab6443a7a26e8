// A fleet that lives only in memory: random walks in place of measurements.
import { createHash, randomUUID } from "node:crypto";

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const roles = ["web", "db", "cache", "queue", "build", "edge"];
const places = ["ams", "fra", "lon", "nyc", "sgp"];

// The same fleet on every start, so that screenshots can be compared.
let seed = 42;
function random() {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return seed / 4_294_967_296;
}

const iso = (time) => new Date(time).toISOString();
const wander = (value, by, max = 1) => Math.min(max, Math.max(0.004, value + (random() - 0.5) * by));

export function createHost(index) {
  const role = roles[index % roles.length];
  const place = places[index % places.length];
  const dice = random();
  const state =
    index === 0 ? "up" : dice < 0.03 ? "down" : dice < 0.05 ? "late" : dice < 0.055 ? "pending" : "up";
  const silent =
    state === "down" ? random() * 3 * day : state === "late" ? 25 * second : random() * 9 * second;
  const name = index === 0 ? "workstation" : `${role}-${place}-${String(index).padStart(2, "0")}`;
  const cpu = random() ** 3;
  const memory = 0.2 + random() * 0.6;
  const walk = (start) => Array.from({ length: 30 }, () => (start = wander(start, 0.1)));
  const id = randomUUID();
  return {
    id,
    name,
    hostname: index % 3 === 1 ? `${name}.example.org` : name,
    state,
    stateSince: iso(Date.now() - silent - random() * day),
    lastSeenAt: state === "pending" ? null : iso(Date.now() - silent),
    joinedAt: iso(Date.now() - random() * 90 * day),
    kind: "agent",
    os: "Debian GNU/Linux 12 (bookworm)",
    kernel: "6.1.0-42-amd64",
    architecture: "amd64",
    agentVersion: "0.1.0",
    tags:
      index === 0
        ? []
        : [`role:${role}`, `site:${place}`, ...(random() < 0.3 ? ["env:staging"] : ["env:prod"])],
    deviceFingerprint: createHash("sha256").update(id).digest("base64url"),
    remoteAddress: index === 0 ? "127.0.0.1" : `10.4.${index % 250}.${(index * 7) % 250}`,
    protectedFromServer: index !== 0,
    mode: "monitor",
    bootedAt: iso(Date.now() - (0.2 + random() * 40) * day),
    figures:
      state === "pending"
        ? null
        : {
            cpu,
            memory,
            disk: 0.1 + random() * 0.85,
            load1: cpu * 8,
            networkReceive: random() ** 4 * 4e7,
            networkTransmit: random() ** 4 * 1e7,
            at: iso(Date.now()),
          },
    spark: state === "pending" ? null : { cpu: walk(cpu), memory: walk(memory) },
    counters: { messagesRefused: index === 5 ? 12 : 0, identityConflicts: 0, samplesLeftOut: 0 },
  };
}

/** Moves a share of the hosts that are up, and says which. */
export function moveHosts(hosts, most) {
  const moved = [];
  for (let tries = 0; tries < most; tries += 1) {
    const host = hosts[Math.floor(random() * hosts.length)];
    if (!host || host.state !== "up") continue;
    const { figures } = host;
    const cpu = wander(figures.cpu, 0.12);
    const networkReceive = wander(figures.networkReceive / 1e8, 0.02) * 1e8;
    host.figures = {
      ...figures,
      cpu,
      load1: cpu * 8,
      memory: wander(figures.memory, 0.01),
      networkReceive,
      at: iso(Date.now()),
    };
    host.lastSeenAt = iso(Date.now());
    moved.push(host);
  }
  return moved;
}

const gib = 1024 ** 3;
const shapes = [
  { name: "system.cpu.utilization", attributes: {}, unit: "1", middle: 0.24, swing: 0.2 },
  ...[0, 1, 2, 3].map((core) => ({
    ...{ name: "system.cpu.utilization", attributes: { "cpu.logical_number": String(core) }, unit: "1" },
    ...{ middle: 0.15 + core * 0.06, swing: 0.25 },
  })),
  { name: "system.cpu.load_average.1m", attributes: {}, unit: "1", middle: 1.4, swing: 0.8 },
  { name: "system.cpu.load_average.5m", attributes: {}, unit: "1", middle: 1.2, swing: 0.3 },
  { name: "system.cpu.load_average.15m", attributes: {}, unit: "1", middle: 1.1, swing: 0.1 },
  ...Object.entries({ used: 5.2, cached: 7.1, buffers: 0.4, free: 2.9 }).map(([state, amount]) => ({
    ...{ name: "system.memory.usage", attributes: { "system.memory.state": state }, unit: "By" },
    ...{ middle: amount * gib, swing: 0.1 * gib },
  })),
  ...Object.entries({ used: 0.4, free: 1.6 }).map(([state, amount]) => ({
    ...{ name: "system.paging.usage", attributes: { "system.paging.state": state }, unit: "By" },
    ...{ middle: amount * gib, swing: 0.01 * gib },
  })),
  ...[
    ["/", "/dev/nvme0n1p2", "ext4", 0.42, 460],
    ["/var/lib/bulkhead", "/dev/nvme1n1p1", "xfs", 0.93, 900],
    ["/boot/efi", "/dev/nvme0n1p1", "vfat", 0.02, 0.5],
  ].flatMap(([mountpoint, device, type, share, size]) => {
    const where = {
      "system.filesystem.mountpoint": mountpoint,
      "system.device": device,
      "system.filesystem.type": type,
    };
    const usage = (state, amount) => ({
      ...{
        name: "system.filesystem.usage",
        attributes: { ...where, "system.filesystem.state": state },
        unit: "By",
      },
      ...{ middle: amount * size * gib, swing: 0.0001 * size * gib },
    });
    const full = {
      name: "system.filesystem.utilization",
      attributes: where,
      unit: "1",
      middle: share,
      swing: 0.001,
    };
    return [full, usage("used", share), usage("free", 1 - share)];
  }),
  ...["nvme0n1", "nvme1n1"].flatMap((device) =>
    ["read", "write"].map((direction) => ({
      ...{ name: "bulkhead.disk.io.rate", unit: "By/s", middle: 6e6, swing: 8e6 },
      attributes: { "system.device": device, "disk.io.direction": direction },
    })),
  ),
  ...["lo", "eth0"].flatMap((name) =>
    ["receive", "transmit"].map((direction) => ({
      ...{
        name: "bulkhead.network.io.rate",
        unit: "By/s",
        middle: name === "lo" ? 3e4 : 2e6,
        swing: name === "lo" ? 2e4 : 1.6e6,
      },
      attributes: { "network.interface.name": name, "network.io.direction": direction },
    })),
  ),
  ...[
    ["k10temp", "CPU package"],
    ["nvme0", "nvme0 composite"],
  ].map(([id, name]) => ({
    ...{
      name: "hw.temperature",
      attributes: { "hw.id": id, "hw.name": name },
      unit: "Cel",
      middle: 47,
      swing: 5,
    },
  })),
];

/** A value that depends on the time alone, so that live samples continue what is stored. */
function valueAt(shape, time) {
  const at = time / second;
  const phase = createHash("md5").update(JSON.stringify(shape)).digest()[0] / 20;
  const wave =
    Math.sin(at / 47 + phase) * 0.5 + Math.sin(at / 11 + phase * 3) * 0.3 + Math.sin(at * 1.7 + phase) * 0.2;
  const value = Math.max(0, shape.middle + shape.swing * wave);
  return shape.unit === "1" && shape.name.includes("utilization") ? Math.min(1, value) : value;
}

export function sampleAt(time) {
  return shapes.map((shape) => ({
    name: shape.name,
    attributes: shape.attributes,
    value: valueAt(shape, time),
  }));
}

const ranges = { hour: [60 * minute, 10], day: [day, 240], week: [7 * day, 1_800], month: [30 * day, 7_200] };

export function historyOf(metric, range) {
  const [length, stepSeconds] = ranges[range];
  const step = stepSeconds * second;
  const to = Math.floor(Date.now() / step) * step;
  const from = to - length;
  const outage = [from + length * 0.62, from + length * 0.68];
  const chosen = shapes.filter((shape) => shape.name === metric);
  const series = chosen.map((shape) => {
    const points = [];
    for (let time = from; time <= to; time += step) {
      if (time > outage[0] && time < outage[1]) continue;
      const value = valueAt(shape, time);
      points.push([time, value, value * 0.8, Math.min(shape.unit === "1" ? 1 : Infinity, value * 1.25)]);
    }
    return { attributes: shape.attributes, points };
  });
  return { metric, unit: chosen[0]?.unit ?? "1", from: iso(from), to: iso(to), stepSeconds, series };
}

const commands = [
  "java",
  "postgres",
  "chromium",
  "node",
  "systemd",
  "sshd",
  "dockerd",
  "kworker/2:1",
  "journald",
  "cron",
];

export function processes() {
  const items = commands.map((name, index) => ({
    ...{ pid: 400 + index * 37, name, user: index === 1 ? "postgres" : "root", state: "S" },
    cpu: Math.max(0, 1.2 / (index + 1) + (random() - 0.5) * 0.1),
    memoryBytes: 6e8 / (index + 1),
    threads: 64 >> (index % 6),
    startedAt: iso(Date.now() - (index + 1) * 3 * 60 * minute),
  }));
  return { at: iso(Date.now()), items };
}
