import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import { ApiError } from "../api/client";
import { allowNetwork } from "../api/networks";
import { useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Notice } from "../ui/Notice";

interface NewNetworkDialogProps {
  /** Whether the tenant could be used from everywhere until now. */
  first: boolean;
  address: string;
  onDone: () => void;
  onClose: () => void;
}

export function NewNetworkDialog({ first, address, onDone, onClose }: NewNetworkDialogProps) {
  const account = useAccount();
  const [cidr, setCidr] = useState("");
  const [description, setDescription] = useState("");
  const add = useMutation({
    mutationFn: (own: boolean) =>
      own
        ? allowNetwork({ cidr: address, description: description.trim() || `Where ${account.name} was` })
        : allowNetwork({ cidr: cidr.trim(), description: description.trim() }),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    add.mutate(false);
  };
  const code = add.error instanceof ApiError ? add.error.code : undefined;
  const taken = code === "network_taken" && "It is on the list already. It may be turned off there.";
  const cidrError = taken || fieldError(add.error, "cidr");
  const descriptionError = fieldError(add.error, "description");
  return (
    <Dialog title="Allow a network" onClose={onClose} testId="network-new-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Network"
          hint="Such as 10.4.0.0/16 or 2001:db8::/32. An address alone is a network of one."
          value={cidr}
          onChange={(event) => setCidr(event.target.value)}
          error={cidrError}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={64}
          mono
          data-testid="network-cidr"
        />
        <Field
          label="What it is for"
          hint="Optional, such as “Office in Rotterdam”."
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          error={descriptionError}
          maxLength={200}
          data-testid="network-description"
        />
        <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2">
          <span className="grid text-sm">
            <span className="text-quiet">Your own address</span>
            <code className="font-mono break-all">{address}</code>
          </span>
          <Button busy={add.isPending} onClick={() => add.mutate(true)} data-testid="network-allow-mine">
            Allow my address
          </Button>
        </div>
        {first && (
          <Notice tone="warning" title="It is the first one that is on">
            From then on everybody on other networks is shut out, programs included, until theirs is added
            too.
          </Notice>
        )}
        {add.error && !cidrError && !descriptionError && <Refused error={add.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={add.isPending} data-testid="network-add">
            Allow it
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
