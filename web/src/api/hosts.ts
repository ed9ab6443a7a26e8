import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { parameters } from "./parameters";
import type { History, HistoryRange, Host, HostPage, HostSort, HostState, ProcessList } from "./types";

export interface HostFilter {
  query?: string | undefined;
  state?: HostState | undefined;
  tag?: string | undefined;
  sort?: HostSort | undefined;
}

const pageSize = 1000;

export const hostKeys = {
  all: ["hosts"],
  lists: ["hosts", "list"],
  totals: ["hosts", "totals"],
  one: (id: string) => ["hosts", "one", id],
} as const;

export function hostListQuery(filter: HostFilter) {
  return infiniteQueryOptions({
    queryKey: [...hostKeys.lists, filter],
    queryFn: ({ pageParam, signal }) =>
      request<HostPage>("GET", `/hosts?${parameters({ ...filter, limit: pageSize, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // Sparklines move in their own time; the figures beside them are live.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? 300_000 : 30_000),
  });
}

export const totalsQuery = queryOptions({
  queryKey: hostKeys.totals,
  queryFn: async ({ signal }) => (await request<HostPage>("GET", "/hosts?limit=1", { signal })).totals,
  refetchInterval: 30_000,
});

export function hostQuery(id: string) {
  return queryOptions({
    queryKey: hostKeys.one(id),
    queryFn: ({ signal }) => request<Host>("GET", `/hosts/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: 30_000,
  });
}

export function hostSearchQuery(query: string) {
  return queryOptions({
    queryKey: [...hostKeys.all, "search", query],
    queryFn: ({ signal }) =>
      request<HostPage>("GET", `/hosts?${parameters({ query, limit: 8 })}`, { signal }),
  });
}

export function historyQuery(id: string, metric: string, range: HistoryRange) {
  return queryOptions({
    queryKey: ["history", id, metric, range],
    queryFn: ({ signal }) =>
      request<History>("GET", `/hosts/${encodeURIComponent(id)}/history?${parameters({ metric, range })}`, {
        signal,
      }),
  });
}

export function processesQuery(id: string) {
  return queryOptions({
    queryKey: ["processes", id],
    queryFn: ({ signal }) =>
      request<ProcessList>("GET", `/hosts/${encodeURIComponent(id)}/processes`, { signal }),
    refetchInterval: 10_000,
  });
}

export function updateHost(id: string, change: Pick<Host, "name" | "tags">): Promise<Host> {
  return request("PUT", `/hosts/${encodeURIComponent(id)}`, { body: change });
}

export function removeHost(id: string): Promise<void> {
  return request("DELETE", `/hosts/${encodeURIComponent(id)}`);
}
