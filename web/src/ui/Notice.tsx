import type { ReactNode } from "react";
import { ApiError, CalledOff } from "../api/client";
import { PasskeyError } from "../api/passkey";
import { classes } from "./classes";
import { Icon, type IconName } from "./Icon";

type Tone = "info" | "good" | "warning" | "failure";

const tones: Record<Tone, { icon: IconName; look: string }> = {
  info: { icon: "shield", look: "border-line bg-sunken" },
  good: { icon: "check", look: "border-up bg-up-soft [&>svg]:text-up" },
  warning: { icon: "warning", look: "border-late bg-late-soft [&>svg]:text-late" },
  failure: { icon: "warning", look: "border-down bg-down-soft [&>svg]:text-down" },
};

interface NoticeProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

export function Notice({ tone = "info", title, children, action, className }: NoticeProps) {
  const { icon, look } = tones[tone];
  return (
    <div
      role={tone === "failure" ? "alert" : undefined}
      className={classes("flex items-start gap-2 rounded-md border px-3 py-2 text-sm", look, className)}
    >
      <span className="contents [&>svg]:mt-0.5">
        <Icon name={icon} />
      </span>
      <div className="grid min-w-0 flex-1 gap-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="break-words">{children}</div>}
        {action && <div className="pt-1">{action}</div>}
      </div>
    </div>
  );
}

/** What went wrong in words, and the way out; nothing where the person called it off themselves. */
export function Failure({ error, action }: { error: unknown; action?: ReactNode }) {
  if (error instanceof CalledOff) return null;
  const { title, detail } = inWords(error);
  return (
    <Notice tone="failure" title={title} action={action}>
      {detail}
    </Notice>
  );
}

function inWords(error: unknown): { title: string; detail: string | undefined } {
  if (error instanceof ApiError) {
    const { title, detail } = error.problem;
    const wait = error.retryAfterSeconds;
    const again = wait ? ` Try again in ${wait} s.` : "";
    return { title, detail: `${detail ?? ""}${again}`.trim() || undefined };
  }
  if (error instanceof PasskeyError) return { title: "The passkey was not used", detail: error.message };
  return { title: "This page failed", detail: "Reload it. If it fails again, the server's log says why." };
}
