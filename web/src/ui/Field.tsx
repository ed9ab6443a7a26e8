import { useId, type InputHTMLAttributes, type ReactNode } from "react";
import { classes } from "./classes";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  mono?: boolean;
}

export function Field({ label, hint, error, mono, className, ...input }: FieldProps) {
  const id = useId();
  const notes = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={classes("grid gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={notes || undefined}
        className={classes(
          "h-9 w-full rounded-md border bg-surface px-3 text-base text-ink placeholder:text-quiet",
          error ? "border-down" : "border-edge",
          input.readOnly && "!bg-sunken text-quiet",
          mono && "font-mono",
        )}
      />
      {hint && (
        <div id={`${id}-hint`} className="text-xs text-quiet">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs font-medium text-down">
          {error}
        </p>
      )}
    </div>
  );
}
