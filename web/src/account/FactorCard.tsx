import type { ReactNode } from "react";
import { Card } from "../ui/Card";

interface FactorCardProps {
  title: string;
  state: ReactNode;
  /** What it is for, or what to know of it. */
  words: ReactNode;
  actions: ReactNode;
  /** The dialogs that the actions open. */
  children: ReactNode;
  testId: string;
}

/** One way to prove who you are: how it stands, and what can be done about it. */
export function FactorCard({ title, state, words, actions, testId, children }: FactorCardProps) {
  return (
    <Card title={title} testId={testId} tall>
      <div className="flex flex-1 flex-col gap-2 p-3">
        <p className="font-medium">{state}</p>
        <p className="text-sm text-quiet">{words}</p>
        <div className="mt-auto flex flex-wrap gap-2 pt-2">{actions}</div>
      </div>
      {children}
    </Card>
  );
}
