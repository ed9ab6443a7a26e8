import { useState } from "react";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { saveText } from "../ui/saveFile";

interface RecoveryStepProps {
  codes: string[];
  /** What the last button is for. */
  done?: string;
  onDone: () => void;
}

export function RecoveryStep({ codes, done = "Go to the hosts", onDone }: RecoveryStepProps) {
  const [stored, setStored] = useState(false);
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="grid gap-4">
      <p className="text-quiet">
        Each code signs you in once, in place of the second factor. They are shown <strong>only now</strong>.
      </p>
      <ul
        data-testid="recovery-codes"
        className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-md border border-line bg-sunken p-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy all" testId="recovery-copy" />
        <Button
          icon="download"
          onClick={() => saveText("bulkhead-recovery-codes.txt", `Bulkhead · ${location.host}\n\n${text}`)}
          data-testid="recovery-download"
        >
          Download
        </Button>
      </div>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          checked={stored}
          onChange={(event) => setStored(event.target.checked)}
          className="mt-0.5 size-4 accent-accent"
          data-testid="recovery-stored"
        />
        I have stored them where only I can get at them.
      </label>
      <Button look="primary" disabled={!stored} onClick={onDone} data-testid="setup-finish">
        {done}
      </Button>
    </div>
  );
}
