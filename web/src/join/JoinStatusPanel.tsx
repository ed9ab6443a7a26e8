import type { JoinStatus } from "../api/types";
import { Button } from "../ui/Button";
import { countdown } from "../ui/format";
import { Notice } from "../ui/Notice";
import { causes, unheard } from "./causes";

interface JoinStatusPanelProps {
  status: JoinStatus | undefined;
  over: boolean;
  secondsLeft: number;
  onAgain: () => void;
}

/** Waiting, or what went wrong. Said aloud as it changes; the countdown is not, it would never be silent. */
export function JoinStatusPanel({ status, over, secondsLeft, onAgain }: JoinStatusPanelProps) {
  const state = over ? "expired" : (status?.state ?? "waiting");
  return (
    <div data-testid="join-status" data-state={state} className="grid gap-3">
      <div aria-live="polite">
        <Words state={state} failure={status?.failure ?? undefined} onAgain={onAgain} />
      </div>
      {!over && (
        <div className="flex flex-wrap items-baseline justify-between gap-2 text-sm text-quiet">
          <details>
            <summary className="w-fit hover:text-ink">The command failed on the host?</summary>
            <dl className="mt-2 grid gap-2">
              {unheard.map(({ title, remedy }) => (
                <div key={title}>
                  <dt className="font-mono text-xs text-ink">{title}</dt>
                  <dd>{remedy}</dd>
                </div>
              ))}
            </dl>
          </details>
          <span role="timer" data-testid="join-countdown" className="ml-auto">
            Code valid for <span className="font-mono text-ink">{countdown(secondsLeft)}</span>
          </span>
        </div>
      )}
    </div>
  );
}

interface WordsProps {
  state: JoinStatus["state"];
  failure: NonNullable<JoinStatus["failure"]> | undefined;
  onAgain: () => void;
}

function Words({ state, failure, onAgain }: WordsProps) {
  const again = (
    <Button onClick={onAgain} data-testid="join-again">
      Make a new code
    </Button>
  );
  if (state === "expired") {
    return (
      <Notice tone="warning" title="The code has expired" action={again}>
        Codes live for 15 minutes. No host joined with this one.
      </Notice>
    );
  }
  if (state === "failed" && failure) {
    const known = Object.entries(causes).find(([cause]) => cause === failure.cause)?.[1];
    const spent = failure.cause === "expired" || failure.cause === "used";
    return (
      <Notice
        tone="failure"
        title={known?.title ?? "The host could not join"}
        action={spent ? again : undefined}
      >
        {failure.remedy || known?.remedy}
      </Notice>
    );
  }
  return (
    <p className="flex items-center gap-2 rounded-md border border-line px-3 py-2">
      <span aria-hidden="true" className="size-2 animate-skeleton rounded-full bg-accent" />
      Waiting for the host. This turns green by itself.
    </p>
  );
}
