import { permissionGroups } from "../access/permissionWords";
import type { Permission } from "../api/types";
import { Checkbox } from "../ui/Checkbox";

interface ScopeBoxesProps {
  /** What the token's owner may do, beyond which no token goes. */
  allowed: readonly Permission[];
  chosen: readonly Permission[];
  onChange: (chosen: Permission[]) => void;
  error: string | undefined;
}

/** What the token may do, grouped by what it is about. */
export function ScopeBoxes({ allowed, chosen, onChange, error }: ScopeBoxesProps) {
  const groups = permissionGroups
    .map(({ title, permissions }) => ({
      title,
      permissions: permissions.filter(([code]) => allowed.includes(code)),
    }))
    .filter(({ permissions }) => permissions.length > 0);
  return (
    <div role="group" aria-label="What it may do" className="grid gap-3">
      <p className="text-sm font-medium">What it may do</p>
      {groups.map(({ title, permissions }) => (
        <fieldset key={title} className="grid gap-1.5">
          <legend className="pb-1 text-xs text-quiet">{title}</legend>
          {permissions.map(([code, words]) => (
            <Checkbox
              key={code}
              label={words}
              checked={chosen.includes(code)}
              onChange={(checked) =>
                onChange(checked ? [...chosen, code] : chosen.filter((one) => one !== code))
              }
              data-testid={`scope-${code}`}
            />
          ))}
        </fieldset>
      ))}
      {error && <p className="text-xs font-medium text-down">{error}</p>}
    </div>
  );
}
