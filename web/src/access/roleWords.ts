import type { RoleCode } from "../api/types";

export const roleCodes: readonly RoleCode[] = ["owner", "admin", "operator", "viewer", "auditor"];

export const roleNames: Record<RoleCode, string> = {
  owner: "Owner",
  admin: "Admin",
  operator: "Operator",
  viewer: "Viewer",
  auditor: "Auditor",
};

/** What a role is for, to somebody who has never seen the list of permissions. */
export const roleWords: Record<RoleCode, string> = {
  owner: "May do everything here, also make other owners, and export or delete the tenant.",
  admin: "May do everything but make owners and export or delete the tenant.",
  operator: "Works with hosts: sees them, adds and removes them, changes their names and tags.",
  viewer: "Looks at hosts and changes nothing.",
  auditor: "Looks at hosts, people and the record of what was done, and changes nothing.",
};

/** "an owner", "a viewer". */
export function aRole(role: RoleCode): string {
  const name = roleNames[role].toLowerCase();
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}
