import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import type { MadeTenant } from "../api/accessTypes";
import { ApiError } from "../api/client";
import { createTenant, tenantsKey } from "../api/tenants";
import { InvitationCode } from "../people/InvitationCode";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { suggestSlug } from "./slug";

export function NewTenantDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<MadeTenant>();
  return (
    <Dialog
      title={made ? `${made.tenant.name} is made` : "New tenant"}
      onClose={onClose}
      testId="tenant-new-dialog"
    >
      {made ? (
        <>
          <p>It is empty. This invitation is for its first owner, who lets everybody else in.</p>
          <InvitationCode
            made={made}
            tenantName={made.tenant.name}
            ifLost="delete the tenant and make it again"
            onClose={onClose}
          />
        </>
      ) : (
        <NewTenantForm onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface NewTenantFormProps {
  onMade: (made: MadeTenant) => void;
  onClose: () => void;
}

function NewTenantForm({ onMade, onClose }: NewTenantFormProps) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string>();
  const shortName = slug ?? suggestSlug(name);
  const make = useMutation({
    mutationFn: () =>
      createTenant({ name: name.trim(), ...(shortName.trim() !== "" && { slug: shortName.trim() }) }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: tenantsKey });
      onMade(made);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const taken = make.error instanceof ApiError && make.error.code === "slug_taken";
  const nameError = fieldError(make.error, "name");
  const slugError = taken
    ? "Another tenant has it. A deleted one keeps its short name until its data is removed."
    : fieldError(make.error, "slug");
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={nameError}
        required
        maxLength={64}
        data-testid="tenant-new-name"
      />
      <Field
        label="Short name"
        hint="For commands and file names: a to z, digits and hyphens. It cannot be changed later."
        value={shortName}
        onChange={(event) => setSlug(event.target.value)}
        error={slugError}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        mono
        data-testid="tenant-new-slug"
      />
      {make.error && !nameError && !slugError && <Refused error={make.error} />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={make.isPending} data-testid="tenant-new-make">
          Make the tenant
        </Button>
      </DialogActions>
    </form>
  );
}
