import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { hostKeys } from "./hosts";
import { joinKey } from "./joinCodes";
import type { Host, HostChange, HostPage, HostsEvent, JoinStatus } from "./types";

type HostList = InfiniteData<HostPage, string | undefined>;

/** Writes what the stream tells into the cache; rows that did not change keep their identity. */
export function patchHosts(client: QueryClient, event: HostsEvent): void {
  const changes = new Map(event.changed.map((change) => [change.id, change]));
  const removed = new Set(event.removed);
  let counts = removed.size > 0;

  const patch = (host: Host): Host => {
    const change = changes.get(host.id);
    if (!change) return host;
    if (change.state !== undefined && change.state !== host.state) counts = true;
    return merge(host, change);
  };
  client.setQueriesData<HostList>(
    { queryKey: hostKeys.lists },
    (list) => list && patchList(list, patch, removed),
  );
  for (const id of changes.keys()) {
    client.setQueryData<Host>(hostKeys.one(id), (host) => host && patch(host));
  }
  for (const id of removed) void client.invalidateQueries({ queryKey: hostKeys.one(id) });
  if (counts) void client.invalidateQueries({ queryKey: hostKeys.totals }, { cancelRefetch: false });
}

function patchList(list: HostList, patch: (host: Host) => Host, removed: Set<string>): HostList {
  const pages = list.pages.map((page) => {
    const kept = removed.size > 0 ? page.items.filter((host) => !removed.has(host.id)) : page.items;
    return { ...page, items: kept.map(patch) };
  });
  return { ...list, pages };
}

function merge(host: Host, change: HostChange): Host {
  const figures = change.figures && host.figures ? { ...host.figures, ...change.figures } : change.figures;
  return { ...host, ...change, figures: figures === undefined ? host.figures : figures };
}

export function patchJoin(client: QueryClient, event: JoinStatus): void {
  client.setQueryData<JoinStatus>(joinKey(event.id), (status) => ({ ...status, ...event }));
  if (event.state === "joined") void client.invalidateQueries({ queryKey: hostKeys.all });
}
