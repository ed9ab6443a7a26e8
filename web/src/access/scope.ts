import type { HostGroup } from "../api/accessTypes";
import type { Scope, ScopeChoice } from "../api/types";
import { readTags } from "../hosts/readTags";

/** A scope while it is being chosen: the tags are still as typed. */
export interface ScopeDraft {
  some: boolean;
  tags: string;
  groups: string[];
}

export function draftOf(scope: Scope): ScopeDraft {
  return {
    some: scope !== null,
    tags: scope?.tags.join(", ") ?? "",
    groups: scope?.groups.map(({ id }) => id) ?? [],
  };
}

export function choiceOf({ some, tags, groups }: ScopeDraft): ScopeChoice {
  return some ? { tags: readTags(tags), groups } : null;
}

/** Whether a choice would show no host at all, which nobody means. */
export function coversNothing(choice: ScopeChoice): boolean {
  return choice !== null && choice.tags.length === 0 && choice.groups.length === 0;
}

/** The tags that a host may bear to be in the scope; undefined when every host is. */
export function tagsOf(scope: Scope, groups: readonly HostGroup[]): string[] | undefined {
  if (scope === null) return undefined;
  const ids = new Set(scope.groups.map(({ id }) => id));
  const ofGroups = groups.filter(({ id }) => ids.has(id)).flatMap(({ tags }) => tags);
  return [...new Set([...scope.tags, ...ofGroups])];
}

export function scopeInWords(scope: Scope): string {
  if (scope === null) return "All hosts";
  return [...scope.groups.map(({ name }) => name), ...scope.tags].join(", ") || "No hosts";
}
