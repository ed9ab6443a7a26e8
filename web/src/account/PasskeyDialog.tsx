import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import { addPasskey, removePasskey, renamePasskey } from "../api/account";
import type { Passkey } from "../api/accountTypes";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { deviceInWords } from "./device";
import { LastFactorDialog } from "./LastFactorDialog";

export type PasskeyAction = "rename" | "remove";

interface PasskeyDialogProps {
  action: PasskeyAction | "add";
  passkey?: Passkey;
  /** The names that are taken by passkeys. */
  others: readonly string[];
  /** Whether it is the only second factor. */
  last: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog of one action on one passkey, or of a new one. */
export function PasskeyDialog({ action, passkey, others, last, onDone, onClose }: PasskeyDialogProps) {
  if (!passkey || action === "add") {
    return (
      <NameDialog
        title="Add a passkey"
        text="Your browser then asks where to keep it: this device, a telephone, or a key."
        name={freeName(others)}
        confirm="Create the passkey"
        act={addPasskey}
        onDone={onDone}
        onClose={onClose}
      />
    );
  }
  if (action === "rename") {
    return (
      <NameDialog
        title="Rename the passkey"
        text="The name is for you alone: it tells your passkeys apart."
        name={passkey.name}
        confirm="Rename"
        act={(name) => renamePasskey(passkey, name)}
        onDone={onDone}
        onClose={onClose}
      />
    );
  }
  if (last) return <LastFactorDialog what={`The passkey ${passkey.name}`} onClose={onClose} />;
  return (
    <ConfirmDialog<unknown>
      title={`Remove ${passkey.name}?`}
      confirm="Remove"
      cancel="Keep it"
      danger
      act={() => removePasskey(passkey)}
      onDone={onDone}
      onClose={onClose}
      failure={(error) => <Refused error={error} />}
      testId="passkey-remove-dialog"
    >
      <p>
        It no longer signs you in. It stays where your browser keeps its passkeys until you delete it there,
        too.
      </p>
    </ConfirmDialog>
  );
}

/** A first idea of a name, after the device that is most likely to keep it. */
function freeName(others: readonly string[]): string {
  const device = deviceInWords(navigator.userAgent);
  return others.includes(device) ? "" : device;
}

interface NameDialogProps {
  title: string;
  text: string;
  name: string;
  confirm: string;
  act: (name: string) => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
}

function NameDialog({ title, text, name: before, confirm, act, onDone, onClose }: NameDialogProps) {
  const [name, setName] = useState(before);
  const save = useMutation({ mutationFn: () => act(name.trim()), onSuccess: onDone });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const error = fieldError(save.error, "name");
  return (
    <Dialog title={title} onClose={onClose} testId="passkey-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-quiet">{text}</p>
        <Field
          label="Name of the passkey"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error}
          autoComplete="off"
          required
          maxLength={64}
          data-testid="passkey-name"
        />
        {save.error && !error && <Refused error={save.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} data-testid="passkey-save">
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
