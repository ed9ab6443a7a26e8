import type { ReactNode } from "react";

interface CardProps {
  title: string;
  aside?: ReactNode;
  testId?: string;
  children: ReactNode;
}

export function Card({ title, aside, testId, children }: CardProps) {
  return (
    <section
      aria-label={title}
      data-testid={testId}
      className="min-w-0 rounded-lg border border-line bg-surface"
    >
      <header className="flex items-baseline justify-between gap-2 border-b border-line px-3 py-2">
        <h2 className="text-sm">{title}</h2>
        {aside && <span className="text-xs text-quiet">{aside}</span>}
      </header>
      {children}
    </section>
  );
}
