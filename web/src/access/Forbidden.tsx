import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Role } from "../api/accessTypes";
import { rolesQuery } from "../api/people";
import type { Account, Permission } from "../api/types";
import { may, useAccount } from "../session/account";
import { EmptyState } from "../ui/EmptyState";
import { listed } from "../ui/format";
import { Icon } from "../ui/Icon";
import { aRole, roleNames } from "./roleWords";

interface GuardedProps {
  permission: Permission;
  /** What the page is, such as "the people of this tenant". */
  what: string;
  children: ReactNode;
}

/** Shows a page to those who may see it, and to others who can grant it. */
export function Guarded({ permission, what, children }: GuardedProps) {
  const account = useAccount();
  return may(account, permission) ? children : <Forbidden permission={permission} what={what} />;
}

function Forbidden({ permission, what }: Omit<GuardedProps, "children">) {
  const account = useAccount();
  const roles = useQuery(rolesQuery).data;
  return (
    <EmptyState
      title={`You may not see ${what}`}
      testId="forbidden"
      mark={
        <span className="text-quiet">
          <Icon name="lock" size={24} />
        </span>
      }
    >
      <p>{whoCanGrant(permission, account, roles)}</p>
    </EmptyState>
  );
}

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
