import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { Guarded } from "../access/Forbidden";
import type { Tenant } from "../api/accessTypes";
import { tenantsQuery } from "../api/tenants";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ListStates } from "../ui/ListStates";
import { PageHead } from "../ui/PageHead";
import { SearchBox } from "../ui/SearchBox";
import { Select } from "../ui/Select";
import { usePageTitle } from "../ui/usePageTitle";
import { useTypedText } from "../ui/useTypedText";
import { NewTenantDialog } from "./NewTenantDialog";
import { TenantDialog, type TenantAction } from "./TenantDialog";
import { TenantList } from "./TenantList";
import type { TenantsView } from "./view";

export function TenantsPage({ view }: { view: TenantsView }) {
  usePageTitle("Tenants");
  return (
    <Guarded permission="platform_tenants" title="Tenants" what="the tenants of this installation">
      <Tenants view={view} />
    </Guarded>
  );
}

const stateOptions = [
  ["any", "Every state"],
  ["active", "Active"],
  ["deleted", "Deleted"],
] as const;

function Tenants({ view }: { view: TenantsView }) {
  const { text, setText, change } = useView(view);
  const list = useInfiniteQuery(tenantsQuery({ query: view.q, state: view.state }));
  const tenants = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const [open, setOpen] = useState<{ action: TenantAction; tenant: Tenant }>();
  const clear = () => {
    setText("");
    change({ q: undefined, state: undefined });
  };
  return (
    <div className="grid gap-4">
      <PageHead
        title="Tenants"
        action={
          <Button look="primary" icon="plus" onClick={() => change({ new: true })} data-testid="tenant-new">
            New tenant
          </Button>
        }
      >
        Organisations that share this installation and see nothing of each other. You make and end them; what
        is inside stays theirs.
      </PageHead>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          label="Search tenants"
          placeholder="Search names"
          text={text}
          onText={setText}
          testId="tenants-search"
        />
        <Select
          compact
          label="State"
          value={view.state ?? "any"}
          onChange={(state) => change({ state: state === "any" ? undefined : state })}
          options={stateOptions}
          testId="tenants-state"
        />
      </div>
      <ListStates
        list={list}
        noun="tenants"
        isEmpty={tenants.length === 0}
        empty={
          <EmptyState
            title="No tenant matches"
            testId="tenants-empty"
            action={<Button onClick={clear}>Clear search and filters</Button>}
          />
        }
      >
        <TenantList tenants={tenants} onChoose={(action, tenant) => setOpen({ action, tenant })} />
      </ListStates>
      {open && <TenantDialog action={open.action} tenant={open.tenant} onClose={() => setOpen(undefined)} />}
      {view.new && <NewTenantDialog onClose={() => change({ new: undefined })} />}
    </div>
  );
}

function useView(view: TenantsView) {
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [K in keyof TenantsView]: TenantsView[K] | undefined }) => {
      void navigate({
        to: "/tenants",
        search: (old) => ({ ...old, ...part }) as TenantsView,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const [text, setText] = useTypedText(view.q, (q) => change({ q }));
  return { text, setText, change };
}
