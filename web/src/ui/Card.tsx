import type { ReactNode } from "react";
import { classes } from "./classes";

interface CardProps {
  title: string;
  aside?: ReactNode;
  testId?: string;
  /** Fills its place in a row of cards. */
  tall?: boolean;
  children: ReactNode;
}

export function Card({ title, aside, testId, tall, children }: CardProps) {
  return (
    <section
      aria-label={title}
      data-testid={testId}
      className={classes("min-w-0 rounded-lg border border-line bg-surface", tall && "flex flex-col")}
    >
      <header className="flex items-baseline justify-between gap-2 border-b border-line px-3 py-2">
        <h2 className="text-sm">{title}</h2>
        {aside && <span className="text-xs text-quiet">{aside}</span>}
      </header>
      {children}
    </section>
  );
}
