import { CopyButton } from "./CopyButton";

interface OnceOnlyProps {
  label: string;
  value: string;
  testId: string;
}

/** A secret that is shown here and never again. */
export function OnceOnly({ label, value, testId }: OnceOnlyProps) {
  return (
    <div role="group" aria-label={label} className="grid gap-1">
      <span className="text-sm font-medium">{label}</span>
      <code
        data-testid={testId}
        className="rounded-md border border-line bg-sunken p-3 font-mono text-sm break-all select-all"
      >
        {value}
      </code>
      <div className="pt-1">
        <CopyButton text={value} label={`Copy the ${label.toLowerCase()}`} testId={`${testId}-copy`} />
      </div>
    </div>
  );
}
