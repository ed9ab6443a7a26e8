import type { ReactNode } from "react";

interface PageHeadProps {
  title: string;
  /** What the page is about, in a sentence. */
  children?: ReactNode;
  action?: ReactNode;
}

export function PageHead({ title, children, action }: PageHeadProps) {
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="grid min-w-0 gap-1">
        <h1>{title}</h1>
        {children && <p className="max-w-[72ch] text-quiet">{children}</p>}
      </div>
      {action}
    </div>
  );
}

/** A part of a page that has a list of its own. */
export function Section({ title, children, action }: PageHeadProps) {
  return (
    <section aria-label={title} className="grid gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
