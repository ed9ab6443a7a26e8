import { queryOptions } from "@tanstack/react-query";
import type { Person, Role } from "./accessTypes";
import { request } from "./client";
import { pagesQuery } from "./pages";
import type { RoleCode, ScopeChoice } from "./types";

export interface PeopleFilter {
  query?: string | undefined;
  role?: RoleCode | undefined;
  state?: Person["state"] | undefined;
}

export const peopleKey = ["people"] as const;

export function peopleQuery(filter: PeopleFilter) {
  return pagesQuery<Person>(peopleKey, "/people", { ...filter });
}

/** What each role allows, and which of them the asker may give. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: async ({ signal }) => (await request<{ items: Role[] }>("GET", "/roles", { signal })).items,
  staleTime: 300_000,
});

/** Refused with 412 if somebody else changed the person since it was read. */
export function changeRole(person: Person, change: { role: RoleCode; scope: ScopeChoice }): Promise<Person> {
  return request("PUT", path(person), { body: change, version: person.version });
}

export function suspendPerson(person: Person): Promise<Person> {
  return request("POST", `${path(person)}/suspend`);
}

export function resumePerson(person: Person): Promise<Person> {
  return request("POST", `${path(person)}/resume`);
}

/** Signs somebody out everywhere; they may sign in again. */
export function endSessionsOf(person: Person): Promise<void> {
  return request("DELETE", `${path(person)}/sessions`);
}

export function removePerson(person: Person): Promise<void> {
  return request("DELETE", path(person));
}

export function setPlatform(person: Person, platform: boolean): Promise<Person> {
  return request("PUT", `${path(person)}/platform`, { body: { platform } });
}

function path(person: Person): string {
  return `/people/${encodeURIComponent(person.id)}`;
}
