import type { ReactNode } from "react";
import { Mark } from "../ui/Mark";

interface GateProps {
  title: string;
  subtitle?: ReactNode;
  children: ReactNode;
}

/** The frame of the pages before the session: one card, nothing else. */
export function Gate({ title, subtitle, children }: GateProps) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center gap-6 px-3 py-8 sm:content-center sm:py-12">
      <div className="flex items-center gap-2 text-lg font-semibold">
        <Mark size={28} />
        Bulkhead
      </div>
      <section className="grid w-full max-w-[440px] gap-5 rounded-lg border border-line bg-surface p-5 sm:p-6">
        <header className="grid gap-1">
          <h1>{title}</h1>
          {subtitle && <p className="text-quiet">{subtitle}</p>}
        </header>
        {children}
      </section>
    </main>
  );
}
