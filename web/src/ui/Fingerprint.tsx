import { CopyButton } from "./CopyButton";

/** A key's fingerprint, whole, to be compared and copied. */
export function Fingerprint({ value }: { value: string }) {
  return (
    <span className="grid justify-items-start gap-1">
      <code data-testid="fingerprint" className="font-mono text-xs break-all">
        {value}
      </code>
      <CopyButton text={value} look="plain" />
    </span>
  );
}
