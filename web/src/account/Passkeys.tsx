import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ownAccountQuery } from "../api/account";
import type { OwnAccount, Passkey } from "../api/accountTypes";
import { passkeysWork } from "../api/passkey";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { Section } from "../ui/PageHead";
import { RelativeTime } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { hasOneFactor } from "./LastFactorDialog";
import { PasskeyDialog, type PasskeyAction } from "./PasskeyDialog";

const columns: readonly Column<Passkey>[] = [
  { id: "name", label: "Passkey", cell: ({ name }) => <span className="break-words">{name}</span> },
  { id: "made", label: "Added", cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
  {
    id: "used",
    label: "Last used",
    cell: ({ lastUsedAt }) =>
      lastUsedAt ? <RelativeTime time={lastUsedAt} /> : <span className="text-quiet">Never</span>,
  },
];

type Open = { action: "add" } | { action: PasskeyAction; passkey: Passkey };

export function Passkeys({ account }: { account: OwnAccount }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const done = () => {
    void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
    close();
  };
  const add = passkeysWork() && (
    <Button icon="plus" onClick={() => setOpen({ action: "add" })} data-testid="passkey-add">
      Add a passkey
    </Button>
  );
  const { passkeys } = account;
  return (
    <Section title="Passkeys" action={passkeys.length > 0 && add}>
      <p className="text-quiet">
        This device, a telephone or a security key confirms that it is you, and cannot be tricked by a page
        that only looks like this one. Have two, in different places.
        {!passkeysWork() && " This browser knows no passkeys, or this page is not open over HTTPS."}
      </p>
      {passkeys.length === 0 ? (
        <EmptyState title="No passkeys yet" testId="passkeys-empty" action={add}>
          With one you can sign in without the password, too.
        </EmptyState>
      ) : (
        <Rows
          label="Passkeys"
          columns={columns}
          rows={passkeys}
          actions={(passkey) => <PasskeyMenu passkey={passkey} onChoose={setOpen} />}
          testId="passkeys"
          rowTestId="passkey-row"
        />
      )}
      {open && (
        <PasskeyDialog
          {...open}
          others={passkeys.map(({ name }) => name)}
          last={hasOneFactor(account)}
          onDone={done}
          onClose={close}
        />
      )}
    </Section>
  );
}

function PasskeyMenu({ passkey, onChoose }: { passkey: Passkey; onChoose: (open: Open) => void }) {
  return (
    <Menu label={`Actions for ${passkey.name}`} trigger={<Icon name="more" />} testId="passkey-menu">
      {(close) =>
        (["rename", "remove"] as const).map((action) => (
          <MenuItem
            key={action}
            danger={action === "remove"}
            testId={`passkey-${action}`}
            onSelect={() => {
              close();
              onChoose({ action, passkey });
            }}
          >
            {action === "rename" ? "Rename…" : "Remove…"}
          </MenuItem>
        ))
      }
    </Menu>
  );
}
