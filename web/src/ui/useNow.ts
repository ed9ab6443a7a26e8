import { useSyncExternalStore } from "react";

// One clock for the page: everything relative ticks together.
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  // The clock stood still while nobody looked; React reads it again right after this.
  if (listeners.size === 0) now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  listeners.forEach((tell) => tell());
}

/** Epoch milliseconds, moving once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
