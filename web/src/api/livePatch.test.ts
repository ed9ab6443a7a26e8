import { QueryClient, type InfiniteData } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { hostKeys } from "./hosts";
import { patchHosts } from "./livePatch";
import type { Host, HostPage } from "./types";

describe("patchHosts", () => {
  it("changes the named rows and leaves the others as they are", () => {
    const client = clientWith([host("a"), host("b")]);
    const untouched = rows(client)[1];

    patchHosts(client, {
      changed: [{ id: "a", state: "down", lastSeenAt: "2026-01-02T00:00:00Z" }],
      removed: [],
    });

    expect(rows(client)[0]).toMatchObject({ id: "a", state: "down", name: "a" });
    expect(rows(client)[1]).toBe(untouched);
  });

  it("merges partial figures", () => {
    const client = clientWith([host("a")]);
    const figures = { ...figuresOf(0.2), cpu: 0.9 };

    patchHosts(client, { changed: [{ id: "a", figures }], removed: [] });

    expect(rows(client)[0]?.figures).toMatchObject({ cpu: 0.9, memory: 0.2 });
  });

  it("drops removed rows and has the totals counted again", () => {
    const client = clientWith([host("a"), host("b")]);
    client.setQueryData(hostKeys.totals, { up: 2, late: 0, down: 0, pending: 0, all: 2 });

    patchHosts(client, { changed: [], removed: ["a"] });

    expect(rows(client).map(({ id }) => id)).toEqual(["b"]);
    expect(client.getQueryState(hostKeys.totals)?.isInvalidated).toBe(true);
  });
});

const listKey = [...hostKeys.lists, {}];

function clientWith(items: Host[]): QueryClient {
  const client = new QueryClient();
  const totals = { up: items.length, late: 0, down: 0, pending: 0, all: items.length };
  client.setQueryData(listKey, { pages: [{ items, nextCursor: null, totals }], pageParams: [undefined] });
  return client;
}

function rows(client: QueryClient): Host[] {
  const list = client.getQueryData<InfiniteData<HostPage>>(listKey);
  return list?.pages.flatMap((page) => page.items) ?? [];
}

function figuresOf(value: number) {
  return {
    cpu: value,
    memory: value,
    disk: value,
    load1: 1,
    networkReceive: 1,
    networkTransmit: 1,
    at: null,
  };
}

function host(id: string): Host {
  return {
    ...{ id, name: id, hostname: id, state: "up", stateSince: "2026-01-01T00:00:00Z", lastSeenAt: null },
    ...{ joinedAt: "2026-01-01T00:00:00Z", kind: "agent", os: null, kernel: null, architecture: null },
    ...{
      agentVersion: null,
      tags: [],
      deviceFingerprint: null,
      remoteAddress: null,
      protectedFromServer: true,
    },
    ...{ mode: "monitor", bootedAt: null, figures: figuresOf(0.2), spark: null, counters: null },
  };
}
