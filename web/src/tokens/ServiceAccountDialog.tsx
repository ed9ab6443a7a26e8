import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import { RolePicker } from "../access/RolePicker";
import { choiceOf, coversNothing, draftOf } from "../access/scope";
import { ScopePicker } from "../access/ScopePicker";
import type { ServiceAccount } from "../api/accessTypes";
import { ApiError } from "../api/client";
import { createServiceAccount, updateServiceAccount } from "../api/tokens";
import type { RoleCode } from "../api/types";
import { useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";

interface ServiceAccountDialogProps {
  /** The account to change; without one, a new one is made. */
  service?: ServiceAccount;
  onDone: () => void;
  onClose: () => void;
}

export function ServiceAccountDialog({ service, onDone, onClose }: ServiceAccountDialogProps) {
  const asker = useAccount();
  const [name, setName] = useState(service?.name ?? "");
  const [role, setRole] = useState<RoleCode>(service?.role ?? "viewer");
  const [draft, setDraft] = useState(() => draftOf(service ? service.scope : asker.scope));
  const scope = role === "owner" ? null : choiceOf(draft);
  const save = useMutation({
    mutationFn: () => {
      const fields = { name: name.trim(), role, scope };
      return service ? updateServiceAccount(service, fields) : createServiceAccount(fields);
    },
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const taken = save.error instanceof ApiError && save.error.code === "name_taken";
  const nameError = taken ? "Another service account has this name." : fieldError(save.error, "name");
  const scopeError = fieldError(save.error, "scope");
  return (
    <Dialog
      title={service ? `Service account ${service.name}` : "New service account"}
      onClose={onClose}
      testId="service-dialog"
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          hint="The program, for example “deployment”."
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={nameError}
          required
          maxLength={64}
          data-testid="service-name"
        />
        <RolePicker value={role} onChange={setRole} />
        {role !== "owner" && (
          <ScopePicker draft={draft} onChange={setDraft} asker={asker} error={scopeError} />
        )}
        {save.error && !nameError && !scopeError && <Refused error={save.error} onReload={onDone} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={coversNothing(scope)}
            title={coversNothing(scope) ? "Name at least one tag or group" : undefined}
            data-testid="service-save"
          >
            {service ? "Save" : "Make the account"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
