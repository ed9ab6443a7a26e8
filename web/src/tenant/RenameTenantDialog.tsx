import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import type { OwnTenant } from "../api/accessTypes";
import { renameTenant } from "../api/tenants";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";

interface RenameTenantDialogProps {
  tenant: OwnTenant;
  onDone: () => void;
  onClose: () => void;
}

export function RenameTenantDialog({ tenant, onDone, onClose }: RenameTenantDialogProps) {
  const [name, setName] = useState(tenant.name);
  const rename = useMutation({ mutationFn: () => renameTenant(tenant, name.trim()), onSuccess: onDone });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  const nameError = fieldError(rename.error, "name");
  return (
    <Dialog title="Rename the tenant" onClose={onClose} testId="tenant-rename-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          hint={
            <>
              Everybody sees it in the top bar. The short name{" "}
              <code className="font-mono text-ink">{tenant.slug}</code> stays.
            </>
          }
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={nameError}
          required
          maxLength={64}
          data-testid="tenant-rename-name"
        />
        {rename.error && !nameError && <Refused error={rename.error} onReload={onDone} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={rename.isPending} data-testid="tenant-rename-save">
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
