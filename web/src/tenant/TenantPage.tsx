import { useQuery } from "@tanstack/react-query";
import { Guarded } from "../access/Forbidden";
import { ownTenantQuery } from "../api/tenants";
import { may, useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Failure } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { Skeleton } from "../ui/Skeleton";
import { usePageTitle } from "../ui/usePageTitle";
import { AllowedNetworks } from "./AllowedNetworks";
import { DeleteTenant } from "./DeleteTenant";
import { ExportTenant } from "./ExportTenant";
import { Groups } from "./Groups";
import { TenantFacts } from "./TenantFacts";

export function TenantPage() {
  usePageTitle("Settings");
  return (
    <Guarded permission="tenant_read" title="Settings" what="this tenant’s settings">
      <Settings />
    </Guarded>
  );
}

function Settings() {
  const account = useAccount();
  const tenant = useQuery(ownTenantQuery);
  return (
    <div className="mx-auto grid w-full max-w-[880px] gap-6">
      <PageHead title="Settings">
        Of the tenant {account.tenantName}: everything here belongs to it, and to no other.
      </PageHead>
      {tenant.data ? (
        <TenantFacts tenant={tenant.data} />
      ) : tenant.isError ? (
        <Failure
          error={tenant.error}
          action={<Button onClick={() => void tenant.refetch()}>Try again</Button>}
        />
      ) : (
        <div aria-busy="true">
          <p className="sr-only">Loading the tenant</p>
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      <Groups />
      {may(account, "tenant_change") && <AllowedNetworks />}
      {may(account, "tenant_export") && <ExportTenant />}
      {may(account, "tenant_delete") && tenant.data && <DeleteTenant tenant={tenant.data} />}
    </div>
  );
}
