import { ApiError } from "../api/client";
import { Button } from "../ui/Button";
import { Failure, Notice } from "../ui/Notice";
import { findRefusal } from "./refusals";

interface RefusedProps {
  error: unknown;
  /** Shows what is there now, where somebody else was faster. */
  onReload?: () => void;
}

/** Why it was not done, in plain words, and the way out. */
export function Refused({ error, onReload }: RefusedProps) {
  const refusal = findRefusal(error);
  if (!refusal) return <Failure error={error} />;
  const overtaken = error instanceof ApiError && error.code === "changed_meanwhile";
  return (
    <Notice
      tone="failure"
      title={refusal.title}
      action={overtaken && onReload && <Button onClick={onReload}>Show what is there now</Button>}
    >
      {refusal.detail}
    </Notice>
  );
}
