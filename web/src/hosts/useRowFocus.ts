import { useEffect, useEffectEvent, useState, type RefObject } from "react";

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target" | "preventDefault">;

const page = 10;

/** Moves the focus from row to row by the arrow keys or j and k; one row at a time is in the tab order. */
export function useRowFocus(
  body: RefObject<HTMLElement | null>,
  length: number,
  scrollTo: (index: number) => void,
) {
  const [focused, setFocused] = useState(0);
  const [pending, setPending] = useState<number>();

  // The row may come into being only after the scroll.
  useEffect(() => {
    if (pending === undefined) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${pending}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    setPending(undefined);
  });

  const onKeyDown = (event: Keys) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (event.target.closest("[role=menu], dialog")) return;
    const next = target(event.key, currentIndex(event.target) ?? focused, length);
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    setPending(next);
    scrollTo(next);
  };

  // j and k also work while nothing has the focus; the arrow keys then scroll as ever.
  const onDocument = useEffectEvent((event: KeyboardEvent) => {
    if (event.target === document.body && (event.key === "j" || event.key === "k")) onKeyDown(event);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onDocument(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return { focused: Math.min(focused, Math.max(0, length - 1)), onKeyDown };
}

function currentIndex(element: HTMLElement): number | undefined {
  const index = element.closest<HTMLElement>("[data-index]")?.dataset.index;
  return index === undefined ? undefined : Number(index);
}

function target(key: string, from: number, length: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: from + 1,
    j: from + 1,
    ArrowUp: from - 1,
    k: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: length - 1,
  };
  const to = moves[key];
  return to === undefined || length === 0 ? undefined : Math.min(length - 1, Math.max(0, to));
}
