import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { Refused } from "../access/Refused";
import { ApiError } from "../api/client";
import { hostKeys, updateHost } from "../api/hosts";
import { patchHosts } from "../api/livePatch";
import type { Host } from "../api/types";
import { useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { readTags } from "./readTags";

export function EditHostDialog({ host, onClose }: { host: Host; onClose: () => void }) {
  const client = useQueryClient();
  const scoped = useAccount().scope !== null;
  const [name, setName] = useState(host.name);
  const [tags, setTags] = useState(host.tags.join(", "));
  const save = useMutation({
    mutationFn: () => updateHost(host.id, { name: name.trim(), tags: scoped ? host.tags : readTags(tags) }),
    onSuccess: (saved) => {
      patchHosts(client, { changed: [saved], removed: [] });
      void client.invalidateQueries({ queryKey: hostKeys.lists });
      onClose();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const problem = save.error instanceof ApiError ? save.error.problem : undefined;
  const onField = (field: string) => problem?.errors?.find((error) => error.field.startsWith(field))?.message;
  const nameError = problem?.code === "name_taken" ? "Another host has this name." : onField("name");

  return (
    <Dialog title="Rename, change tags" onClose={onClose} testId="host-edit-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={nameError}
          required
          maxLength={128}
          data-testid="host-edit-name"
        />
        <Field
          label="Tags"
          hint={
            scoped
              ? "Your role covers only some hosts, and tags decide which. Somebody with all hosts can change them."
              : "Separated by commas, for example env:prod, role:db. They also decide whose hosts these are."
          }
          value={tags}
          onChange={(event) => setTags(event.target.value)}
          error={onField("tags")}
          readOnly={scoped}
          data-testid="host-edit-tags"
        />
        {save.error && !nameError && !onField("tags") && <Refused error={save.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} data-testid="host-edit-save">
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
