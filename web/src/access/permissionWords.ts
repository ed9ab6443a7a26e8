import type { Permission } from "../api/types";

interface PermissionGroup {
  title: string;
  permissions: readonly (readonly [Permission, string])[];
}

/** Every permission that can be given on, by what it is about. The own account is nobody else's and never given. */
export const permissionGroups: readonly PermissionGroup[] = [
  {
    title: "Hosts",
    permissions: [
      ["hosts_read", "See hosts and their measurements"],
      ["hosts_change", "Rename, tag and remove hosts"],
      ["hosts_enrol", "Let hosts join"],
    ],
  },
  {
    title: "People",
    permissions: [
      ["people_read", "See people and invitations"],
      ["people_invite", "Invite people, and take invitations back"],
      ["people_change", "Change roles, suspend and remove people"],
    ],
  },
  {
    title: "Tenant",
    permissions: [
      ["tenant_read", "See the tenant and its groups of hosts"],
      ["tenant_change", "Rename the tenant, change its groups of hosts and allowed networks"],
      ["tenant_export", "Export everything"],
      ["tenant_delete", "Delete the tenant"],
    ],
  },
  {
    title: "Programs and the record",
    permissions: [
      ["tokens_manage", "Manage everybody’s tokens and service accounts"],
      ["audit_read", "Read the record of what was done"],
      ["api_read", "Read the API’s description"],
    ],
  },
  {
    title: "Installation",
    permissions: [["platform_tenants", "Make and end tenants"]],
  },
];

const words = new Map<Permission, string>(permissionGroups.flatMap(({ permissions }) => permissions));

export function permissionWords(permission: Permission): string {
  return words.get(permission) ?? permission.replace(/_/g, " ");
}
