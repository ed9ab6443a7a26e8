import type { Account } from "../api/types";

/** An account for tests; a viewer unless said otherwise. */
export function account(fields: Partial<Account>): Account {
  return {
    ...{ id: "me", name: "somebody", tenantId: "t", tenantName: "Harbour Works", role: "viewer" },
    ...{ platform: false, scope: null, permissions: ["own_account", "hosts_read", "tenant_read"] },
    ...fields,
  };
}
