import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { JoinOffer, JoinStatus } from "./types";

const over = new Set<JoinStatus["state"]>(["joined", "expired"]);

export function createJoinCode(secretDigest: string, tags: readonly string[]): Promise<JoinOffer> {
  return request("POST", "/join-codes", { body: { secretDigest, tags, mode: "monitor" } });
}

export function joinKey(id: string) {
  return ["join", id] as const;
}

/** Asks again every 3 s, in case the live stream is away just when the host joins. */
export function joinStatusQuery(id: string) {
  return queryOptions({
    queryKey: joinKey(id),
    queryFn: ({ signal }) => request<JoinStatus>("GET", `/join-codes/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && over.has(state.data.state) ? false : 3_000),
    staleTime: 0,
  });
}

export function deleteJoinCode(id: string): Promise<void> {
  return request("DELETE", `/join-codes/${encodeURIComponent(id)}`);
}
