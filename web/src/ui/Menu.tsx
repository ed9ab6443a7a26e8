import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "./classes";
import { Icon, type IconName } from "./Icon";

interface MenuProps {
  label: string;
  trigger: ReactNode;
  triggerClass?: string;
  triggerTabIndex?: number;
  testId?: string;
  children: (close: () => void) => ReactNode;
}

const slack = 8;
/** The height of the longest menu and a margin. */
const room = 220;

/** A button and its menu; arrow keys move, Escape and a click elsewhere close. */
export function Menu({ label, trigger, triggerClass, triggerTabIndex, testId, children }: MenuProps) {
  const [place, setPlace] = useState<Place>();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const open = place !== undefined;
  const close = () => setPlace(undefined);

  useEffect(() => {
    if (!open) return;
    const first = root.current?.querySelector<HTMLElement>("[role^=menuitem]");
    first?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close();
    };
    // The end of a scroll that led to the button is no reason to close.
    const start = window.scrollY;
    const scrolled = () => {
      if (Math.abs(window.scrollY - start) > slack) close();
    };
    document.addEventListener("pointerdown", outside);
    window.addEventListener("scroll", scrolled);
    window.addEventListener("resize", close);
    return () => {
      document.removeEventListener("pointerdown", outside);
      window.removeEventListener("scroll", scrolled);
      window.removeEventListener("resize", close);
    };
  }, [open]);

  const toggle = () => {
    const box = button.current?.getBoundingClientRect();
    if (open || !box) {
      close();
      return;
    }
    setPlace(placeBy(box));
  };

  return (
    <div ref={root} className="relative" role="presentation" onKeyDown={(event) => open && steer(event)}>
      <button
        ref={button}
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        tabIndex={triggerTabIndex}
        data-testid={testId}
        onClick={toggle}
        className={classes(
          "inline-flex h-8 min-w-8 items-center justify-center gap-2 rounded-md text-sm text-quiet hover:bg-hover hover:text-ink",
          triggerClass,
        )}
      >
        {trigger}
      </button>
      {place && (
        <div
          id={id}
          role="menu"
          // Before the item acts: a dialog that it opens returns the focus to where it was then.
          onClickCapture={() => button.current?.focus()}
          aria-label={label}
          style={place}
          className="fixed z-40 grid min-w-44 gap-px rounded-lg border border-line bg-raised p-1 text-ink shadow-pop"
        >
          {children(close)}
        </div>
      )}
    </div>
  );

  function steer(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      close();
      button.current?.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...(root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
  }
}

type Place = { right: number } & ({ top: number } | { bottom: number });

/** Under the button, or above it where there is no room below. */
function placeBy(box: DOMRect): Place {
  const right = Math.max(8, document.documentElement.clientWidth - box.right);
  const below = window.innerHeight - box.bottom;
  return below < room && box.top > below
    ? { right, bottom: window.innerHeight - box.top + 4 }
    : { right, top: box.bottom + 4 };
}

interface MenuItemProps {
  icon?: IconName;
  checked?: boolean;
  danger?: boolean;
  /** Whether it leads to the page that is open already. */
  current?: boolean;
  testId?: string;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, checked, danger, current, testId, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role={checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={checked}
      aria-current={current ? "page" : undefined}
      data-testid={testId}
      onClick={onSelect}
      className={classes(
        "flex h-8 items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover focus:bg-hover",
        danger && "text-down",
        current && "bg-accent-soft font-medium",
      )}
    >
      {icon && <Icon name={icon} />}
      <span className="flex-1">{children}</span>
      {checked && <Icon name="check" />}
    </button>
  );
}
