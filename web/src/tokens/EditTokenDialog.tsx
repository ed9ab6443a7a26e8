import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { permissionWords } from "../access/permissionWords";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import type { Token } from "../api/accessTypes";
import { updateToken } from "../api/tokens";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { NetworksField } from "./NetworksField";
import { readNetworks } from "./networks";

interface EditTokenDialogProps {
  token: Token;
  onDone: () => void;
  onClose: () => void;
}

export function EditTokenDialog({ token, onDone, onClose }: EditTokenDialogProps) {
  const [name, setName] = useState(token.name);
  const [networks, setNetworks] = useState(token.networks.join(", "));
  const save = useMutation({
    mutationFn: () => updateToken(token, { name: name.trim(), networks: readNetworks(networks) }),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const nameError = fieldError(save.error, "name");
  const networksError = fieldError(save.error, "networks");
  return (
    <Dialog title={`Token ${token.name}`} onClose={onClose} testId="token-edit-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={nameError}
          required
          maxLength={64}
          data-testid="token-name"
        />
        <NetworksField value={networks} onChange={setNetworks} error={networksError} />
        <div className="grid gap-1">
          <span className="text-sm font-medium">May do</span>
          <ul className="list-disc pl-5 text-sm">
            {token.scopes.map((scope) => (
              <li key={scope}>{permissionWords(scope)}</li>
            ))}
          </ul>
          <p className="text-xs text-quiet">That is fixed. For something else, make another token.</p>
        </div>
        {save.error && !nameError && !networksError && <Refused error={save.error} onReload={onDone} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} data-testid="token-save">
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
