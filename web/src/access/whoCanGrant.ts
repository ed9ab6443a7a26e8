import type { Role } from "../api/accessTypes";
import type { Account, Permission } from "../api/types";
import { listed } from "../ui/format";
import { aRole, roleNames } from "./roleWords";

/** Who can change that, in words; the roles that allow it come from the server. */
export function whoCanGrant(
  permission: Permission,
  account: Account,
  roles: readonly Role[] | undefined,
): string {
  const mine = `You are ${aRole(account.role)} of ${account.tenantName}.`;
  if (permission === "platform_tenants") {
    return `${mine} Only platform operators see the tenants of this installation; one of them can make you one.`;
  }
  const allowing = (roles ?? []).filter(({ permissions }) => permissions.includes(permission));
  if (allowing.some(({ code }) => code === account.role) && account.scope !== null) {
    return `${mine} Your role would allow it, but it covers only some of the hosts. An owner or admin can widen it.`;
  }
  if (allowing.length === 0) return `${mine} An owner can give you a role that allows it.`;
  const names = listed(
    allowing.map(({ code }) => `${roleNames[code].toLowerCase()}s`),
    "and",
  );
  return `${mine} It takes another role: ${names} see it. An owner or admin can give you one.`;
}
