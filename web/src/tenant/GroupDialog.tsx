import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { Refused } from "../access/Refused";
import type { HostGroup } from "../api/accessTypes";
import { ApiError } from "../api/client";
import { createGroup, updateGroup } from "../api/groups";
import { readTags } from "../hosts/readTags";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";

interface GroupDialogProps {
  /** The group to change; without one, a new one is made. */
  group?: HostGroup;
  onDone: () => void;
  onClose: () => void;
}

export function GroupDialog({ group, onDone, onClose }: GroupDialogProps) {
  const [name, setName] = useState(group?.name ?? "");
  const [tags, setTags] = useState(group?.tags.join(", ") ?? "");
  const save = useMutation({
    mutationFn: () => {
      const fields = { name: name.trim(), tags: readTags(tags) };
      return group ? updateGroup(group, fields) : createGroup(fields);
    },
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const taken = save.error instanceof ApiError && save.error.code === "name_taken";
  const nameError = taken ? "Another group has this name." : fieldError(save.error, "name");
  const tagsError = fieldError(save.error, "tags");
  return (
    <Dialog title={group ? `Group ${group.name}` : "New group"} onClose={onClose} testId="group-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={nameError}
          required
          maxLength={64}
          data-testid="group-name"
        />
        <Field
          label="Tags"
          hint="Separated by commas, for example env:prod, site:ams. A host with any of them is in the group."
          value={tags}
          onChange={(event) => setTags(event.target.value)}
          error={tagsError}
          required
          data-testid="group-tags"
        />
        {save.error && !nameError && !tagsError && <Refused error={save.error} onReload={onDone} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} data-testid="group-save">
            {group ? "Save" : "Make the group"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
