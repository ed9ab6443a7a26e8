import type { PasswordReason, PasswordVerdict } from "../api/types";
import { classes } from "../ui/classes";
import { minimumLength } from "./usePasswordVerdict";

const grades = ["Very weak", "Weak", "Fair", "Good", "Strong"];

function explain(reason: PasswordReason, length: number): string {
  switch (reason) {
    case "too_short":
      return `At least ${minimumLength} characters: ${minimumLength - length} to go.`;
    case "too_long":
      return "Too long: shorten it a little.";
    case "common":
      return "Refused: it is on the list of common passwords.";
    case "guessable":
      return "Refused: it can be guessed.";
    case "contains_name":
      return "Refused: it contains your name.";
  }
}

interface PasswordMeterProps {
  password: string;
  verdict: PasswordVerdict | undefined;
}

export function PasswordMeter({ password, verdict }: PasswordMeterProps) {
  const filled = verdict ? (verdict.accepted ? Math.max(1, verdict.score) : 1) : 0;
  return (
    <div className="grid gap-1" data-testid="password-meter" data-accepted={verdict?.accepted}>
      <div aria-hidden="true" className="grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classes(
              "h-1 rounded-full",
              step > filled ? "bg-line" : verdict?.accepted ? "bg-up" : "bg-down",
            )}
          />
        ))}
      </div>
      <p
        aria-live="polite"
        className={classes(
          "min-h-4 text-xs",
          verdict?.accepted === false ? "font-medium text-down" : "text-quiet",
        )}
      >
        {inWords(password, verdict)}
      </p>
    </div>
  );
}

function inWords(password: string, verdict: PasswordVerdict | undefined): string {
  if (password === "") return `At least ${minimumLength} characters. Several unrelated words are easiest.`;
  if (!verdict) return "Checking…";
  if (verdict.reason) return verdict.hint ?? explain(verdict.reason, Array.from(password).length);
  const hint = verdict.hint ? ` ${verdict.hint}` : "";
  return `${grades[verdict.score] ?? "Accepted"}.${hint}`;
}
