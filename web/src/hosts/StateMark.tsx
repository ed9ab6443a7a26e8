import type { HostState } from "../api/types";
import { classes } from "../ui/classes";

export const stateWords: Record<HostState, string> = {
  up: "Up",
  late: "Late",
  down: "Down",
  pending: "Pending",
};

const colours: Record<HostState, string> = {
  up: "text-up",
  late: "text-late",
  down: "text-down",
  pending: "text-pending",
};

const shapes: Record<HostState, React.ReactNode> = {
  up: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  late: <path d="M6 1.5 11 10.500H1z" fill="currentColor" />,
  down: <path d="M1.5 1.500h9v9h-9z" fill="currentColor" />,
  pending: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="2" />,
};

/** A host's state as shape, colour and word. */
export function StateMark({ state, word = true }: { state: HostState; word?: boolean }) {
  return (
    <span
      data-testid="host-state"
      data-state={state}
      className={classes("inline-flex items-center gap-1.5 text-sm font-medium", colours[state])}
    >
      <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12" className="shrink-0">
        {shapes[state]}
      </svg>
      <span className={word ? undefined : "sr-only"}>{stateWords[state]}</span>
    </span>
  );
}
