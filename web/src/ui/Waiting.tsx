import { ApiError } from "../api/client";
import { countdown } from "./format";
import { Notice } from "./Notice";
import { useNow } from "./useNow";

/** Seconds until the server listens again after a refusal that said so; 0 when it does. */
export function useWait(error: unknown): number {
  const now = useNow();
  if (!(error instanceof ApiError) || error.problem.status !== 429) return 0;
  const { retryAt = 0, retryAfterSeconds = 0 } = error;
  // The page's clock may be a moment behind the answer.
  return Math.max(0, Math.min(retryAfterSeconds, Math.ceil((retryAt - now) / 1_000)));
}

/** Tells calmly that there were too many attempts, how long to wait, and when the wait is over. */
export function Waiting({ seconds }: { seconds: number }) {
  return (
    <div role="status" data-testid="waiting">
      {seconds > 0 ? (
        <Notice tone="warning" title="Too many attempts">
          To keep guessers out, the next one waits.{" "}
          <span aria-hidden="true" className="font-medium whitespace-nowrap">
            Try again in {countdown(seconds)}.
          </span>
          <span className="sr-only">You are told when you can try again.</span>
        </Notice>
      ) : (
        <Notice title="You can try again now">
          Check first what you typed: after another wrong one the wait is longer.
        </Notice>
      )}
    </div>
  );
}
