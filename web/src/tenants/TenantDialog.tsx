import { useQueryClient } from "@tanstack/react-query";
import { Refused } from "../access/Refused";
import type { Tenant } from "../api/accessTypes";
import { deleteTenant, purgeTenant, restoreTenant, tenantsKey } from "../api/tenants";
import { WhatDeletionDoes } from "../tenant/WhatDeletionDoes";
import { ConfirmDialog } from "../ui/ConfirmDialog";

export type TenantAction = "delete" | "restore" | "purge";

interface TenantDialogProps {
  action: TenantAction;
  tenant: Tenant;
  onClose: () => void;
}

/** The dialog of one action on one tenant. */
export function TenantDialog({ action, tenant, onClose }: TenantDialogProps) {
  const client = useQueryClient();
  const done = () => {
    void client.invalidateQueries({ queryKey: tenantsKey });
    onClose();
  };
  const shared = {
    onDone: done,
    onClose,
    failure: (error: unknown) => <Refused error={error} onReload={done} />,
    testId: `tenant-${action}-dialog`,
  };
  const typed = { label: `Type its short name, ${tenant.slug}, to confirm`, text: tenant.slug };
  switch (action) {
    case "delete":
      return (
        <ConfirmDialog<unknown>
          {...shared}
          title={`Delete ${tenant.name}?`}
          confirm="Delete the tenant"
          danger
          typed={typed}
          act={() => deleteTenant(tenant)}
        >
          <WhatDeletionDoes people={tenant.people} hosts={tenant.hosts} />
        </ConfirmDialog>
      );
    case "restore":
      return (
        <ConfirmDialog<unknown>
          {...shared}
          title={`Restore ${tenant.name}?`}
          confirm="Restore"
          act={() => restoreTenant(tenant)}
        >
          <p>
            Its people can sign in again and its hosts connect by themselves. Join codes and invitations that
            were open stay withdrawn.
          </p>
        </ConfirmDialog>
      );
    case "purge":
      return (
        <ConfirmDialog<unknown>
          {...shared}
          title={`Remove the data of ${tenant.name} now?`}
          confirm="Remove for good"
          danger
          typed={typed}
          act={() => purgeTenant(tenant)}
        >
          <p>
            People, hosts, groups and its record are removed now and cannot be brought back. The
            installation’s own record keeps that it was done, and the last seal of the removed one.
            Measurements go when their own time is up.
          </p>
        </ConfirmDialog>
      );
  }
}
