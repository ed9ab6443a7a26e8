import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import { RolePicker } from "../access/RolePicker";
import { choiceOf, coversNothing, draftOf } from "../access/scope";
import { ScopePicker } from "../access/ScopePicker";
import type { Person } from "../api/accessTypes";
import { changeRole } from "../api/people";
import { useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Notice } from "../ui/Notice";

interface ChangeRoleDialogProps {
  person: Person;
  onDone: () => void;
  onReload: () => void;
  onClose: () => void;
}

export function ChangeRoleDialog({ person, onDone, onReload, onClose }: ChangeRoleDialogProps) {
  const asker = useAccount();
  const [role, setRole] = useState(person.role);
  const [draft, setDraft] = useState(() => draftOf(person.scope));
  const scope = role === "owner" ? null : choiceOf(draft);
  const save = useMutation({ mutationFn: () => changeRole(person, { role, scope }), onSuccess: onDone });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const scopeError = fieldError(save.error, "scope");
  return (
    <Dialog title={`Role of ${person.name}`} onClose={onClose} testId="role-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <RolePicker value={role} onChange={setRole} />
        {role === "owner" ? (
          <p className="text-quiet">An owner’s role always covers all hosts.</p>
        ) : (
          <ScopePicker draft={draft} onChange={setDraft} asker={asker} error={scopeError} />
        )}
        <Notice>It holds from their next click on; they stay signed in.</Notice>
        {save.error && !scopeError && <Refused error={save.error} onReload={onReload} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={coversNothing(scope)}
            title={coversNothing(scope) ? "Name at least one tag or group" : undefined}
            data-testid="role-save"
          >
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
