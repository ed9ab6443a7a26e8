import { classes } from "./classes";

export type Tone = "good" | "waiting" | "stopped" | "over";

const looks: Record<Tone, { colour: string; shape: React.ReactNode }> = {
  good: { colour: "text-up", shape: <circle cx="6" cy="6" r="4" fill="currentColor" /> },
  waiting: {
    colour: "text-pending",
    shape: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  },
  stopped: { colour: "text-late", shape: <path d="M2 2h3v8H2zM7 2h3v8H7z" fill="currentColor" /> },
  over: { colour: "text-down", shape: <path d="M1.5 1.500h9v9h-9z" fill="currentColor" /> },
};

/** A state of a person, a token or a tenant, as shape, colour and word. */
export function Standing({ tone, children, state }: { tone: Tone; children: string; state: string }) {
  const { colour, shape } = looks[tone];
  return (
    <span
      data-state={state}
      className={classes("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", colour)}
    >
      <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12" className="shrink-0">
        {shape}
      </svg>
      {children}
    </span>
  );
}
