import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { ApiError } from "../api/client";
import { hostKeys, updateHost } from "../api/hosts";
import { patchHosts } from "../api/livePatch";
import type { Host } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Failure } from "../ui/Notice";
import { readTags } from "./readTags";

export function EditHostDialog({ host, onClose }: { host: Host; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(host.name);
  const [tags, setTags] = useState(host.tags.join(", "));
  const save = useMutation({
    mutationFn: () => updateHost(host.id, { name: name.trim(), tags: readTags(tags) }),
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
          hint="Separated by commas, for example env:prod, role:db. Tags select and display; they grant nothing."
          value={tags}
          onChange={(event) => setTags(event.target.value)}
          error={onField("tags")}
          data-testid="host-edit-tags"
        />
        {save.error && !nameError && !onField("tags") && <Failure error={save.error} />}
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
