import type { ButtonHTMLAttributes, MouseEvent } from "react";
import { classes } from "./classes";
import { Icon, type IconName } from "./Icon";

type Look = "primary" | "plain" | "quiet" | "danger";

const looks: Record<Look, string> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-hover",
  plain: "bg-raised text-ink border-edge hover:bg-hover",
  quiet: "bg-transparent text-quiet border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-raised text-down border-down hover:bg-down-soft",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  icon?: IconName;
  busy?: boolean;
  /** Not now, for a reason that is told beside it. Unlike a disabled button it keeps the focus. */
  held?: boolean;
}

export function Button({
  look = "plain",
  icon,
  busy,
  held,
  children,
  className,
  type,
  ...rest
}: ButtonProps) {
  // Not disabled while it works: that would take the focus away, and nothing could give it back.
  const idle = (event: MouseEvent) => event.preventDefault();
  return (
    <button
      {...rest}
      {...((busy === true || held === true) && { onClick: idle, "aria-disabled": true })}
      type={type ?? "button"}
      aria-busy={busy}
      className={classes(
        "inline-flex h-9 items-center justify-center gap-2 rounded-md border px-3 text-sm font-medium whitespace-nowrap disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
        looks[look],
        className,
      )}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={label}
      className={classes(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-quiet hover:bg-hover hover:text-ink",
        className,
      )}
    >
      <Icon name={icon} />
    </button>
  );
}
