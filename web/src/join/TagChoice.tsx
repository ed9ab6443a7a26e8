import { useState, type SubmitEvent } from "react";
import { Button } from "../ui/Button";
import { Checkbox } from "../ui/Checkbox";
import { DialogActions } from "../ui/Dialog";
import { Notice } from "../ui/Notice";

interface TagChoiceProps {
  /** The tags of the asker's scope, of which the host needs at least one. */
  own: readonly string[];
  onDone: (tags: string[]) => void;
  onClose: () => void;
}

export function TagChoice({ own, onDone, onClose }: TagChoiceProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onDone([...chosen]);
  };
  if (own.length === 0) {
    return (
      <Notice tone="warning" title="Your role covers no tag at present">
        A host that you add would be none of yours. Ask an owner or admin to look at your scope.
      </Notice>
    );
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <fieldset className="grid gap-2">
        <legend className="pb-1 font-medium">Which of your tags does it get?</legend>
        <p className="text-sm text-quiet">
          Your role covers hosts with these tags. With none of them you would not see the new host yourself.
        </p>
        {own.map((tag) => (
          <Checkbox
            key={tag}
            label={tag}
            checked={chosen.includes(tag)}
            onChange={(checked) =>
              setChosen(checked ? [...chosen, tag] : chosen.filter((one) => one !== tag))
            }
            data-testid={`join-tag-${tag}`}
          />
        ))}
      </fieldset>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          disabled={chosen.length === 0}
          title={chosen.length === 0 ? "Choose at least one tag" : undefined}
          data-testid="join-tags-done"
        >
          Make the join code
        </Button>
      </DialogActions>
    </form>
  );
}
