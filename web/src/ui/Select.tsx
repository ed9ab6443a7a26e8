import { useId, type ReactNode } from "react";
import { classes } from "./classes";

interface SelectProps<V extends string> {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly (readonly [value: V, label: string])[];
  hint?: ReactNode;
  /** In a toolbar the label stands inside the box, in a form above it. */
  compact?: boolean;
  testId?: string;
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { label, value, onChange, options, hint, compact, testId } = props;
  const id = useId();
  return (
    <div className={compact ? undefined : "grid gap-1"}>
      <label htmlFor={id} className={compact ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        data-testid={testId}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const chosen = options.find(([one]) => one === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
        className={classes(
          "rounded-md border border-edge bg-surface px-2 text-ink",
          compact ? "h-8 text-sm" : "h-9 w-full",
        )}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
      {hint && (
        <div id={`${id}-hint`} className="text-xs text-quiet">
          {hint}
        </div>
      )}
    </div>
  );
}
