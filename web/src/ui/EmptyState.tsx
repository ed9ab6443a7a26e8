import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  mark?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  testId?: string;
}

export function EmptyState({ title, mark, children, action, testId }: EmptyStateProps) {
  return (
    <div
      data-testid={testId}
      className="grid justify-items-center gap-2 rounded-lg border border-dashed border-edge px-4 py-12 text-center"
    >
      {mark}
      <h2>{title}</h2>
      {children && <div className="max-w-[52ch] text-quiet">{children}</div>}
      {action && <div className="pt-2">{action}</div>}
    </div>
  );
}
