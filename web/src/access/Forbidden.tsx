import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { rolesQuery } from "../api/people";
import type { Permission } from "../api/types";
import { may, useAccount } from "../session/account";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { whoCanGrant } from "./whoCanGrant";

interface GuardedProps {
  permission: Permission;
  title: string;
  /** What the page is, such as "the people of this tenant". */
  what: string;
  children: ReactNode;
}

/** Shows a page to those who may see it, and to others who can grant it. */
export function Guarded({ permission, title, what, children }: GuardedProps) {
  const account = useAccount();
  return may(account, permission) ? (
    children
  ) : (
    <Forbidden permission={permission} title={title} what={what} />
  );
}

function Forbidden({ permission, title, what }: Omit<GuardedProps, "children">) {
  const account = useAccount();
  const roles = useQuery(rolesQuery).data;
  return (
    <div className="grid gap-4">
      <h1>{title}</h1>
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
    </div>
  );
}
