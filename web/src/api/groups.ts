import { queryOptions } from "@tanstack/react-query";
import type { HostGroup } from "./accessTypes";
import { request } from "./client";
import type { Page } from "./types";

export const groupsQuery = queryOptions({
  queryKey: ["groups"],
  queryFn: async ({ signal }) =>
    (await request<Page<HostGroup>>("GET", "/groups?limit=1000", { signal })).items,
});

type GroupFields = Pick<HostGroup, "name" | "tags">;

export function createGroup(fields: GroupFields): Promise<HostGroup> {
  return request("POST", "/groups", { body: fields });
}

export function updateGroup(group: HostGroup, fields: GroupFields): Promise<HostGroup> {
  return request("PUT", path(group), { body: fields, version: group.version });
}

/** Refused while somebody's scope names the group. */
export function deleteGroup(group: HostGroup): Promise<void> {
  return request("DELETE", path(group));
}

function path(group: HostGroup): string {
  return `/groups/${encodeURIComponent(group.id)}`;
}
