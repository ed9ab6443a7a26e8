import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";

export type Step = "code" | "account" | "factor" | "recovery";

const steps: readonly [Step, string][] = [
  ["code", "Code"],
  ["account", "Account"],
  ["factor", "Factor"],
  ["recovery", "Recovery"],
];

export function Steps({ current }: { current: Step }) {
  const at = steps.findIndex(([id]) => id === current);
  return (
    <ol className="grid grid-cols-4 gap-2 text-xs">
      {steps.map(([id, label], index) => (
        <li
          key={id}
          aria-current={index === at ? "step" : undefined}
          className={classes(
            "flex items-center gap-1 border-t-2 pt-2",
            index <= at ? "border-accent" : "border-line",
            index === at ? "font-semibold" : "text-quiet",
          )}
        >
          {index < at ? <Icon name="check" size={12} /> : <span>{index + 1}</span>}
          {label}
          {index < at && <span className="sr-only">done</span>}
        </li>
      ))}
    </ol>
  );
}
