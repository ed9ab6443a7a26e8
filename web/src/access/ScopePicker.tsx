import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { HostGroup } from "../api/accessTypes";
import { groupsQuery } from "../api/groups";
import type { Account } from "../api/types";
import { readTags } from "../hosts/readTags";
import { Checkbox } from "../ui/Checkbox";
import { Field } from "../ui/Field";
import { tagsOf, type ScopeDraft } from "./scope";

interface ScopePickerProps {
  draft: ScopeDraft;
  onChange: (draft: ScopeDraft) => void;
  /** Who gives the scope: never more hosts than their own. */
  asker: Account;
  error?: string | undefined;
}

/** Every host, or those with some tags or of some groups. */
export function ScopePicker({ draft, onChange, asker, error }: ScopePickerProps) {
  const groups = useQuery(groupsQuery).data ?? [];
  const own = tagsOf(asker.scope, groups);
  const name = useId();
  const errorId = useId();
  const part = (change: Partial<ScopeDraft>) => onChange({ ...draft, ...change });
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? errorId : undefined}>
      <legend className="pb-1 text-sm font-medium">Hosts</legend>
      <Checkbox
        type="radio"
        name={name}
        label="All hosts"
        hint={own && "Your own role covers only some hosts, so you cannot give all."}
        disabled={own !== undefined}
        checked={!draft.some}
        onChange={() => part({ some: false })}
        data-testid="scope-all"
      />
      <Checkbox
        type="radio"
        name={name}
        label="Only some hosts"
        hint="Those with any of the tags, or in any of the groups. All others do not exist for them."
        checked={draft.some}
        onChange={() => part({ some: true })}
        data-testid="scope-some"
      />
      {draft.some && (
        <div className="grid gap-3 border-l-2 border-line pl-4">
          {own ? (
            <OwnTags own={own} draft={draft} onTags={(tags) => part({ tags })} />
          ) : (
            <Field
              label="Tags"
              hint="Separated by commas, for example env:prod, role:db."
              value={draft.tags}
              onChange={(event) => part({ tags: event.target.value })}
              data-testid="scope-tags"
            />
          )}
          <Groups
            groups={groups.filter(({ tags }) => !own || tags.every((tag) => own.includes(tag)))}
            chosen={draft.groups}
            onChange={(chosen) => part({ groups: chosen })}
          />
        </div>
      )}
      {error && (
        <p id={errorId} className="text-xs font-medium text-down">
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface OwnTagsProps {
  own: readonly string[];
  draft: ScopeDraft;
  onTags: (tags: string) => void;
}

function OwnTags({ own, draft, onTags }: OwnTagsProps) {
  const chosen = readTags(draft.tags);
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium">Tags of yours</span>
      {own.map((tag) => (
        <Checkbox
          key={tag}
          label={tag}
          checked={chosen.includes(tag)}
          onChange={(checked) =>
            onTags((checked ? [...chosen, tag] : chosen.filter((one) => one !== tag)).join(", "))
          }
          data-testid={`scope-tag-${tag}`}
        />
      ))}
    </div>
  );
}

interface GroupsProps {
  groups: readonly HostGroup[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function Groups({ groups, chosen, onChange }: GroupsProps) {
  if (groups.length === 0) return null;
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium">Groups</span>
      {groups.map(({ id, name, tags }) => (
        <Checkbox
          key={id}
          label={name}
          hint={tags.join(", ")}
          checked={chosen.includes(id)}
          onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          data-testid={`scope-group-${name}`}
        />
      ))}
    </div>
  );
}
