import type { HostSort, HostState } from "../api/types";

/** What the list shows, kept in the address so that it can be shared and returned to. */
export interface HostsView {
  q?: string;
  state?: HostState;
  tag?: string;
  sort?: HostSort;
}

export const states: readonly HostState[] = ["down", "late", "up", "pending"];

const sorts: readonly HostSort[] = ["name", "-name", "state", "cpu", "-cpu", "memory", "-memory", "lastSeen"];

export function readHostsView(search: Record<string, unknown>): HostsView {
  const view: HostsView = {};
  const { q, tag } = search;
  if (typeof q === "string" || typeof q === "number") view.q = String(q);
  if (typeof tag === "string") view.tag = tag;
  const state = states.find((one) => one === search.state);
  if (state) view.state = state;
  const sort = sorts.find((one) => one === search.sort);
  if (sort) view.sort = sort;
  return view;
}
