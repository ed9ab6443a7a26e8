import type { ReactNode } from "react";
import { classes } from "./classes";

/** A word of a few letters beside a name. */
export function Badge({
  children,
  accent,
  title,
}: {
  children: ReactNode;
  accent?: boolean;
  title?: string;
}) {
  return (
    <span
      title={title}
      className={classes(
        "inline-block shrink-0 rounded-sm border px-1.5 text-xs leading-[18px] font-medium whitespace-nowrap",
        accent ? "border-accent bg-accent-soft text-ink" : "border-line bg-sunken text-quiet",
      )}
    >
      {children}
    </span>
  );
}
