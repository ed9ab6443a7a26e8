import { useSyncExternalStore } from "react";
import { findCode } from "../people/invitationLink";

// In memory only, like every secret of the pages.
let carried = "";

/** Takes the code out of the address, where it would stay in the history and on the screen. */
export function takeCode(): void {
  if (location.pathname !== "/invitation" || location.hash === "") return;
  carried = findCode(location.hash) ?? carried;
  history.replaceState(history.state, "", location.pathname + location.search);
}

// At once: before the router has read the address, and before the first paint.
takeCode();

function subscribe(listener: () => void): () => void {
  // A link that is pasted over this page's own address changes the fragment and loads nothing.
  const take = () => {
    takeCode();
    listener();
  };
  window.addEventListener("hashchange", take);
  return () => window.removeEventListener("hashchange", take);
}

/** The code that the link carried; empty if it was opened without one. */
export function useCarriedCode(): string {
  return useSyncExternalStore(subscribe, () => carried);
}
