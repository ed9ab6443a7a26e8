import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import { RolePicker } from "../access/RolePicker";
import { choiceOf, coversNothing, draftOf } from "../access/scope";
import { ScopePicker } from "../access/ScopePicker";
import type { MadeInvitation } from "../api/accessTypes";
import { invitationsKey, invite } from "../api/invitations";
import type { RoleCode } from "../api/types";
import { useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Select } from "../ui/Select";
import { InvitationCode } from "./InvitationCode";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { tenantName } = useAccount();
  const [made, setMade] = useState<MadeInvitation>();
  return (
    <Dialog title={made ? "Invitation made" : "Invite somebody"} onClose={onClose} testId="invite-dialog">
      {made ? (
        <InvitationCode
          made={made}
          tenantName={tenantName}
          ifLost="revoke it and make another"
          onClose={onClose}
        />
      ) : (
        <InviteForm onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
}

const lifetimes = [
  ["24", "1 day"],
  ["72", "3 days"],
  ["168", "7 days"],
  ["336", "14 days"],
] as const;

interface InviteFormProps {
  onMade: (made: MadeInvitation) => void;
  onClose: () => void;
}

function InviteForm({ onMade, onClose }: InviteFormProps) {
  const asker = useAccount();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const [role, setRole] = useState<RoleCode>("viewer");
  const [draft, setDraft] = useState(() => draftOf(asker.scope));
  const [hours, setHours] = useState<(typeof lifetimes)[number][0]>("72");
  const scope = role === "owner" ? null : choiceOf(draft);
  const send = useMutation({
    mutationFn: () => invite({ note: note.trim(), role, scope, expiresInHours: Number(hours) }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: invitationsKey });
      onMade(made);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const noteError = fieldError(send.error, "note");
  const scopeError = fieldError(send.error, "scope");
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="For whom"
        hint="So that you know it again in the list. They choose their own name."
        value={note}
        onChange={(event) => setNote(event.target.value)}
        error={noteError}
        required
        maxLength={64}
        data-testid="invite-note"
      />
      <RolePicker value={role} onChange={setRole} />
      {role === "owner" ? (
        <p className="text-quiet">An owner’s role always covers all hosts.</p>
      ) : (
        <ScopePicker draft={draft} onChange={setDraft} asker={asker} error={scopeError} />
      )}
      <Select
        label="Valid for"
        value={hours}
        onChange={setHours}
        options={lifetimes}
        testId="invite-lifetime"
      />
      {send.error && !noteError && !scopeError && <Refused error={send.error} />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={send.isPending}
          disabled={coversNothing(scope)}
          title={coversNothing(scope) ? "Name at least one tag or group" : undefined}
          data-testid="invite-make"
        >
          Make the invitation
        </Button>
      </DialogActions>
    </form>
  );
}
