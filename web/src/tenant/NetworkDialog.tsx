import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import type { AllowedNetwork } from "../api/accountTypes";
import { changeNetwork, removeNetwork } from "../api/networks";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { NewNetworkDialog } from "./NewNetworkDialog";

export type NetworkAction = "edit" | "enable" | "disable" | "remove";

interface NetworkDialogProps {
  action: NetworkAction | "new";
  network?: AllowedNetwork;
  networks: readonly AllowedNetwork[];
  address: string;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog of one action on one network, or of a new one. */
export function NetworkDialog(props: NetworkDialogProps) {
  const { action, network, networks, address, onDone, onClose } = props;
  if (!network || action === "new") {
    return (
      <NewNetworkDialog first={!networks.some(({ enabled }) => enabled)} {...{ address, onDone, onClose }} />
    );
  }
  if (action === "edit") return <EditNetworkDialog {...{ network, onDone, onClose }} />;
  const { title, text, confirm, act } = confirmations[action](network, othersOn(network, networks));
  return (
    <ConfirmDialog<unknown>
      title={title}
      confirm={confirm}
      danger={action !== "enable"}
      act={act}
      onDone={onDone}
      onClose={onClose}
      failure={(error) => <Refused error={error} onReload={onDone} />}
      testId={`network-${action}-dialog`}
    >
      <p>{text}</p>
    </ConfirmDialog>
  );
}

function othersOn(network: AllowedNetwork, networks: readonly AllowedNetwork[]): boolean {
  return networks.some(({ id, enabled }) => enabled && id !== network.id);
}

interface Confirmation {
  title: string;
  text: string;
  confirm: string;
  act: () => Promise<unknown>;
}

const opened = "No other network is on: this tenant can then be used from everywhere.";
const closed = "Whoever is on no other allowed network is shut out at once, streams and programs included.";

const confirmations: Record<
  Exclude<NetworkAction, "edit">,
  (network: AllowedNetwork, others: boolean) => Confirmation
> = {
  enable: (network, others) => ({
    title: `Turn on ${network.cidr}?`,
    text: others
      ? "This tenant can then be used from there, too."
      : "It is the only one that is on: whoever is not on it is shut out at once, programs included.",
    confirm: "Turn on",
    act: () => changeNetwork(network, { description: network.description, enabled: true }),
  }),
  disable: (network, others) => ({
    title: `Turn off ${network.cidr}?`,
    text: `${others ? closed : opened} It stays on the list and can be turned on again.`,
    confirm: "Turn off",
    act: () => changeNetwork(network, { description: network.description, enabled: false }),
  }),
  remove: (network, others) => ({
    title: `Remove ${network.cidr}?`,
    text: network.enabled ? (others ? closed : opened) : "It is off, so this changes nothing for anybody.",
    confirm: "Remove",
    act: () => removeNetwork(network),
  }),
};

interface EditNetworkDialogProps {
  network: AllowedNetwork;
  onDone: () => void;
  onClose: () => void;
}

function EditNetworkDialog({ network, onDone, onClose }: EditNetworkDialogProps) {
  const [description, setDescription] = useState(network.description);
  const save = useMutation({
    mutationFn: () => changeNetwork(network, { description: description.trim(), enabled: network.enabled }),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const error = fieldError(save.error, "description");
  return (
    <Dialog title={`Network ${network.cidr}`} onClose={onClose} testId="network-edit-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="What it is for"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          error={error}
          maxLength={200}
          data-testid="network-description"
        />
        {save.error && !error && <Refused error={save.error} onReload={onDone} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} data-testid="network-save">
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
