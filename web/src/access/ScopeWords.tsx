import type { Scope } from "../api/types";
import { Badge } from "../ui/Badge";
import { scopeInWords } from "./scope";

/** The hosts that a role is about: groups by name, then tags. */
export function ScopeWords({ scope }: { scope: Scope }) {
  if (scope === null || scope.groups.length + scope.tags.length === 0) return <>{scopeInWords(scope)}</>;
  return (
    <span className="flex flex-wrap gap-1" title={scopeInWords(scope)}>
      {scope.groups.map(({ id, name }) => (
        <Badge key={id} accent title="Group of hosts">
          {name}
        </Badge>
      ))}
      {scope.tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

/** Reminds somebody with a scope that there may be hosts which they are not shown. */
export function ScopeMark({ scope }: { scope: Scope }) {
  if (scope === null) return null;
  return (
    <span data-testid="scope-mark" className="flex flex-wrap items-center gap-1.5 text-sm text-quiet">
      Your hosts: <ScopeWords scope={scope} />
    </span>
  );
}
