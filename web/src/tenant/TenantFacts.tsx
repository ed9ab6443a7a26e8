import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { OwnTenant } from "../api/accessTypes";
import { sessionQuery } from "../api/session";
import { ownTenantQuery } from "../api/tenants";
import { may, useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { count, exactDate } from "../ui/format";
import { RenameTenantDialog } from "./RenameTenantDialog";

export function TenantFacts({ tenant }: { tenant: OwnTenant }) {
  const account = useAccount();
  const client = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const done = () => {
    setRenaming(false);
    void client.invalidateQueries({ queryKey: ownTenantQuery.queryKey });
    // The top bar shows the name too.
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <Card title="Tenant" testId="tenant">
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-2 p-3 sm:grid-cols-[120px_minmax(0,1fr)]">
        <Fact label="Name">
          <span className="flex min-w-0 flex-wrap items-center gap-2">
            <span className="min-w-0 font-medium break-words" data-testid="tenant-name">
              {tenant.name}
            </span>
            {may(account, "tenant_change") && (
              <Button
                look="quiet"
                className="h-7"
                onClick={() => setRenaming(true)}
                data-testid="tenant-rename"
              >
                Rename…
              </Button>
            )}
          </span>
        </Fact>
        <Fact label="Short name">
          <code className="font-mono">{tenant.slug}</code>
        </Fact>
        <Fact label="Made">{exactDate(tenant.createdAt)}</Fact>
      </dl>
      <dl className="grid grid-cols-3 border-t border-line text-center">
        <Counted label="People" value={tenant.counts.people} />
        <Counted label="Hosts" value={tenant.counts.hosts} />
        <Counted label="Groups of hosts" value={tenant.counts.groups} />
      </dl>
      {renaming && <RenameTenantDialog tenant={tenant} onDone={done} onClose={() => setRenaming(false)} />}
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm text-quiet">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Counted({ label, value }: { label: string; value: number }) {
  return (
    <div className="grid content-start border-r border-line px-2 py-3 last:border-0">
      <dt className="order-2 text-xs text-quiet">{label}</dt>
      <dd className="text-lg font-medium">{count(value)}</dd>
    </div>
  );
}
