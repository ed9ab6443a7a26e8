import type { InputHTMLAttributes, ReactNode } from "react";
import { classes } from "./classes";

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  label: ReactNode;
  hint?: ReactNode;
  type?: "checkbox" | "radio";
  onChange: (checked: boolean) => void;
}

/** A box or a radio button, whose words are part of its target. */
export function Checkbox({ label, hint, type = "checkbox", onChange, ...input }: CheckboxProps) {
  return (
    <label className={classes("flex items-start gap-2", input.disabled && "cursor-not-allowed opacity-70")}>
      <input
        {...input}
        type={type}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="grid min-w-0 gap-0.5">
        <span>{label}</span>
        {hint && <span className="text-xs text-quiet">{hint}</span>}
      </span>
    </label>
  );
}
