import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../access/Refused";
import type { OwnTenant } from "../api/accessTypes";
import { sessionQuery } from "../api/session";
import { deleteOwnTenant } from "../api/tenants";
import { endedTenant } from "../session/endedTenant";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { counted } from "../ui/format";
import { WhatDeletionDoes } from "./WhatDeletionDoes";

export function DeleteTenant({ tenant }: { tenant: OwnTenant }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const { people, hosts } = tenant.counts;
  return (
    <Card title="Delete this tenant">
      <div className="grid gap-3 p-3">
        <p className="text-quiet">
          Shuts out {counted(people, "person", "people")} and {counted(hosts, "host")} at once. For 30 days a
          platform operator can restore it; then its data is removed for good.
        </p>
        <div>
          <Button look="danger" onClick={() => setOpen(true)} data-testid="tenant-delete">
            Delete the tenant…
          </Button>
        </div>
      </div>
      {open && (
        <ConfirmDialog
          title={`Delete ${tenant.name}?`}
          confirm="Delete the tenant"
          cancel="Keep it"
          danger
          typed={{ label: `Type ${tenant.name} to confirm`, text: tenant.name }}
          act={() => deleteOwnTenant(tenant.name)}
          onDone={({ purgeAt }) => {
            client.setQueryData(endedTenant.queryKey, { name: tenant.name, purgeAt });
            void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
          }}
          onClose={() => setOpen(false)}
          failure={(error) => <Refused error={error} />}
          testId="tenant-delete-dialog"
        >
          <WhatDeletionDoes people={people} hosts={hosts} own />
        </ConfirmDialog>
      )}
    </Card>
  );
}
