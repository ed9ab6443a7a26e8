import { roleCodes } from "../access/roleWords";
import type { Person } from "../api/accessTypes";
import type { RoleCode } from "../api/types";

/** What the page shows, kept in the address. */
export interface PeopleView {
  q?: string;
  role?: RoleCode;
  state?: Person["state"];
  /** Whether the dialog for inviting is open. */
  new?: boolean;
}

export const personStates: readonly Person["state"][] = ["active", "suspended"];

export function readPeopleView(search: Record<string, unknown>): PeopleView {
  const view: PeopleView = {};
  const { q } = search;
  if (typeof q === "string" || typeof q === "number") view.q = String(q);
  const role = roleCodes.find((one) => one === search.role);
  if (role) view.role = role;
  const state = personStates.find((one) => one === search.state);
  if (state) view.state = state;
  if (search.new === true) view.new = true;
  return view;
}
