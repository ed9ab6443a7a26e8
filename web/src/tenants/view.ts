import type { Tenant } from "../api/accessTypes";

/** What the page shows, kept in the address. */
export interface TenantsView {
  q?: string;
  state?: Tenant["state"];
  /** Whether the dialog for a new tenant is open. */
  new?: boolean;
}

const states: readonly Tenant["state"][] = ["active", "deleted"];

export function readTenantsView(search: Record<string, unknown>): TenantsView {
  const view: TenantsView = {};
  const { q } = search;
  if (typeof q === "string" || typeof q === "number") view.q = String(q);
  const state = states.find((one) => one === search.state);
  if (state) view.state = state;
  if (search.new === true) view.new = true;
  return view;
}
