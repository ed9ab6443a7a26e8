import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import type { MadeToken } from "../api/accessTypes";
import { rolesQuery } from "../api/people";
import { createToken, serviceAccountsQuery, tokensKey } from "../api/tokens";
import type { Permission } from "../api/types";
import { may, useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Notice } from "../ui/Notice";
import { OnceOnly } from "../ui/OnceOnly";
import { Select } from "../ui/Select";
import { NetworksField } from "./NetworksField";
import { readNetworks } from "./networks";
import { ScopeBoxes } from "./ScopeBoxes";

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<MadeToken>();
  return (
    <Dialog
      title={made ? `${made.token.name} is made` : "New API token"}
      onClose={onClose}
      testId="token-new-dialog"
    >
      {made ? (
        <TokenValue made={made} onClose={onClose} />
      ) : (
        <NewTokenForm onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
}

function TokenValue({ made: { value }, onClose }: { made: MadeToken; onClose: () => void }) {
  return (
    <div className="grid gap-4">
      <OnceOnly label="Token" value={value} testId="token-value" />
      <Notice tone="warning" title="Shown only now">
        Keep it where the program keeps its secrets. If it is lost, delete it and make another.
      </Notice>
      <p className="text-sm text-quiet">
        The program sends it in the header <code className="font-mono text-ink">Authorization: Bearer …</code>
        . Hand it over in a file that only the program can read, not on a command line, where every user of
        the machine sees it.
      </p>
      <DialogActions>
        <Button look="primary" onClick={onClose} data-testid="token-done">
          Done
        </Button>
      </DialogActions>
    </div>
  );
}

const lifetimes = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "1 year"],
  ["never", "No limit"],
] as const;

interface NewTokenFormProps {
  onMade: (made: MadeToken) => void;
  onClose: () => void;
}

function NewTokenForm({ onMade, onClose }: NewTokenFormProps) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [ownerId, setOwnerId] = useState("");
  const [scopes, setScopes] = useState<readonly Permission[]>([]);
  const [networks, setNetworks] = useState("");
  const [days, setDays] = useState<(typeof lifetimes)[number][0]>("90");
  const { owners, allowed } = useOwners(ownerId);
  const kept = scopes.filter((scope) => allowed.includes(scope));
  const make = useMutation({
    mutationFn: () =>
      createToken({
        name: name.trim(),
        scopes: kept,
        networks: readNetworks(networks),
        expiresInDays: days === "never" ? null : Number(days),
        ...(ownerId !== "" && { serviceAccount: ownerId }),
      }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: tokensKey });
      onMade(made);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const errors = ["name", "scopes", "networks"].map((field) => fieldError(make.error, field));
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Name"
        hint="What uses it, for example “backup job on db-1”."
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors[0]}
        required
        maxLength={64}
        data-testid="token-name"
      />
      {owners.length > 1 && (
        <Select
          label="Belongs to"
          value={ownerId}
          onChange={setOwnerId}
          options={owners}
          hint="A person’s token ends with that person. A service account’s stays."
          testId="token-owner"
        />
      )}
      <ScopeBoxes allowed={allowed} chosen={kept} onChange={setScopes} error={errors[1]} />
      <NetworksField value={networks} onChange={setNetworks} error={errors[2]} />
      <Select
        label="Valid for"
        value={days}
        onChange={setDays}
        options={lifetimes}
        hint={
          days === "never"
            ? "It works until somebody stops or deletes it. A limit is safer."
            : "It stops by itself then."
        }
        testId="token-lifetime"
      />
      {make.error && errors.every((error) => !error) && <Refused error={make.error} />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={make.isPending}
          disabled={kept.length === 0}
          title={kept.length === 0 ? "Choose at least one thing that it may do" : undefined}
          data-testid="token-make"
        >
          Make the token
        </Button>
      </DialogActions>
    </form>
  );
}

/** Whom the token can belong to, and what the chosen owner may do. */
function useOwners(ownerId: string) {
  const account = useAccount();
  const manages = may(account, "tokens_manage");
  const services = useQuery({ ...serviceAccountsQuery, enabled: manages }).data ?? [];
  const roles = useQuery({ ...rolesQuery, enabled: manages }).data ?? [];
  const service = services.find(({ id }) => id === ownerId);
  const allowed = service
    ? (roles.find(({ code }) => code === service.role)?.permissions ?? [])
    : account.permissions;
  const owners: (readonly [string, string])[] = [
    ["", `${account.name} (you)`],
    ...services.map(({ id, name }) => [id, `${name} (service account)`] as const),
  ];
  return { owners, allowed };
}
