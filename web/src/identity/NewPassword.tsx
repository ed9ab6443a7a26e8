import { useState } from "react";
import type { PasswordVerdict } from "../api/types";
import { Field } from "../ui/Field";
import { PasswordMeter } from "./PasswordMeter";

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  verdict: PasswordVerdict | undefined;
  error: string | undefined;
  testId: string;
}

/** A password that is being chosen, with the server's judgement of it. */
export function NewPassword({ label, value, onChange, verdict, error, testId }: NewPasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <div className="grid gap-2">
      <Field
        label={label}
        type={shown ? "text" : "password"}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error}
        autoComplete="new-password"
        required
        data-testid={testId}
      />
      <PasswordMeter password={value} verdict={verdict} />
      <label className="flex w-fit items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => setShown(event.target.checked)}
          className="size-4 accent-accent"
        />
        Show the password
      </label>
    </div>
  );
}
