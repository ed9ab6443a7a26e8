import type { Account, Permission } from "../api/types";
import { may } from "../session/account";
import type { IconName } from "../ui/Icon";

interface Destination {
  to: "/hosts" | "/people" | "/tokens" | "/tenant" | "/tenants";
  label: string;
  icon: IconName;
  permission: Permission;
}

const destinations: readonly Destination[] = [
  { to: "/hosts", label: "Hosts", icon: "hosts", permission: "hosts_read" },
  { to: "/people", label: "People", icon: "people", permission: "people_read" },
  { to: "/tokens", label: "API tokens", icon: "key", permission: "own_account" },
  { to: "/tenant", label: "Settings", icon: "settings", permission: "tenant_read" },
  { to: "/tenants", label: "Tenants", icon: "building", permission: "platform_tenants" },
];

/** The pages that the account may open, in the order of the navigation. */
export function destinationsOf(account: Account): readonly Destination[] {
  return destinations.filter(({ permission }) => may(account, permission));
}
