import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../access/Refused";
import { roleNames } from "../access/roleWords";
import { ScopeWords } from "../access/ScopeWords";
import type { ServiceAccount } from "../api/accessTypes";
import { deleteServiceAccount, serviceAccountsQuery, tokensKey } from "../api/tokens";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { ListStates } from "../ui/ListStates";
import { Menu, MenuItem } from "../ui/Menu";
import { Section } from "../ui/PageHead";
import { RelativeTime } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { ServiceAccountDialog } from "./ServiceAccountDialog";

const columns: readonly Column<ServiceAccount>[] = [
  { id: "name", label: "Name", cell: ({ name }) => <span className="break-words">{name}</span> },
  { id: "role", label: "Role", cell: ({ role }) => roleNames[role] },
  { id: "scope", label: "Hosts", cell: ({ scope }) => <ScopeWords scope={scope} /> },
  { id: "made", label: "Made", cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
];

type Open = { action: "new" } | { action: "edit" | "delete"; account: ServiceAccount };

/** Accounts of programs: a role without a person, so that a token outlives whoever made it. */
export function ServiceAccounts() {
  const client = useQueryClient();
  const list = useQuery(serviceAccountsQuery);
  const accounts = list.data ?? [];
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const done = () => {
    void client.invalidateQueries({ queryKey: serviceAccountsQuery.queryKey });
    void client.invalidateQueries({ queryKey: tokensKey });
    close();
  };
  return (
    <Section
      title="Service accounts"
      action={
        <Button icon="plus" onClick={() => setOpen({ action: "new" })} data-testid="service-new">
          New service account
        </Button>
      }
    >
      <ListStates
        list={list}
        noun="service accounts"
        isEmpty={accounts.length === 0}
        empty={
          <EmptyState title="No service accounts yet" testId="services-empty">
            A role for a program rather than a person: its tokens stay when people leave, and nobody can sign
            in with it.
          </EmptyState>
        }
      >
        <Rows
          label="Service accounts"
          columns={columns}
          rows={accounts}
          actions={(account) => <ServiceMenu account={account} onChoose={setOpen} />}
          testId="services"
          rowTestId="service-row"
        />
      </ListStates>
      {open?.action === "new" && <ServiceAccountDialog onDone={done} onClose={close} />}
      {open?.action === "edit" && (
        <ServiceAccountDialog service={open.account} onDone={done} onClose={close} />
      )}
      {open?.action === "delete" && (
        <ConfirmDialog
          title={`Delete ${open.account.name}?`}
          confirm="Delete for good"
          cancel="Keep it"
          danger
          typed={{ label: `Type ${open.account.name} to confirm`, text: open.account.name }}
          act={() => deleteServiceAccount(open.account)}
          onDone={done}
          onClose={close}
          failure={(error) => <Refused error={error} />}
          testId="service-delete-dialog"
        >
          <p>All its tokens are deleted with it, and whatever uses them stops working at once.</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function ServiceMenu({ account, onChoose }: { account: ServiceAccount; onChoose: (open: Open) => void }) {
  return (
    <Menu label={`Actions for ${account.name}`} trigger={<Icon name="more" />} testId="service-menu">
      {(close) =>
        (["edit", "delete"] as const).map((action) => (
          <MenuItem
            key={action}
            danger={action === "delete"}
            testId={`service-${action}`}
            onSelect={() => {
              close();
              onChoose({ action, account });
            }}
          >
            {action === "edit" ? "Change name, role and hosts…" : "Delete…"}
          </MenuItem>
        ))
      }
    </Menu>
  );
}
