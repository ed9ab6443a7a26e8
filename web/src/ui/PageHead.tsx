import type { ReactNode } from "react";

interface PageHeadProps {
  title: string;
  /** What the page is about, in a sentence. */
  children?: ReactNode;
  action?: ReactNode;
}

export function PageHead({ title, children, action }: PageHeadProps) {
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between gap-3">
        <h1>{title}</h1>
        {action}
      </div>
      {children && <p className="max-w-[88ch] text-quiet">{children}</p>}
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
