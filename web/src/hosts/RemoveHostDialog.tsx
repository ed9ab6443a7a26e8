import { useMutation, useQueryClient } from "@tanstack/react-query";
import { removeHost } from "../api/hosts";
import { patchHosts } from "../api/livePatch";
import type { Host } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Failure } from "../ui/Notice";

interface RemoveHostDialogProps {
  host: Host;
  onClose: () => void;
  onRemoved: (() => void) | undefined;
}

export function RemoveHostDialog({ host, onClose, onRemoved }: RemoveHostDialogProps) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeHost(host.id),
    onSuccess: () => {
      onClose();
      onRemoved?.();
      patchHosts(client, { changed: [], removed: [host.id] });
    },
  });
  return (
    <Dialog title={`Remove ${host.name}?`} onClose={onClose} testId="host-remove-dialog">
      <p>
        Its certificate is revoked at once and its link closes within 5 seconds. The agent keeps running on
        the host, but it can no longer connect. To bring the host back, join it again with a new code.
      </p>
      {remove.error && <Failure error={remove.error} />}
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate()}
          data-testid="host-remove-confirm"
        >
          Remove the host
        </Button>
      </DialogActions>
    </Dialog>
  );
}
