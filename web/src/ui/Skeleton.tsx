import { classes } from "./classes";

/** Holds the place of what is still loading, so that nothing jumps when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={classes("block animate-skeleton rounded-sm bg-line", className)} />
  );
}
