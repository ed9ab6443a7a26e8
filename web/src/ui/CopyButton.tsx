import { useEffect, useState } from "react";
import { Button } from "./Button";

interface CopyButtonProps {
  text: string;
  label?: string;
  look?: "plain" | "quiet" | "primary";
  testId?: string;
}

export function CopyButton({ text, label = "Copy", look = "plain", testId }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  const words = { idle: label, copied: "Copied", refused: "Select it and copy" }[state];
  return (
    <Button look={look} icon={state === "copied" ? "check" : "copy"} onClick={copy} data-testid={testId}>
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
