import { useSyncExternalStore } from "react";
import { whenShutOut } from "../api/client";
import type { Problem } from "../api/types";

// Not in the query cache: the session cannot even be asked for from such an address.
let refusal: Problem | undefined;
const listeners = new Set<() => void>();

function tell(next: Problem | undefined): void {
  refusal = next;
  listeners.forEach((listener) => listener());
}

whenShutOut(tell);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The refusal that shut this browser's address out, while it does. */
export function useShutOut(): Problem | undefined {
  return useSyncExternalStore(subscribe, () => refusal);
}

/** The server answers again. */
export function letIn(): void {
  tell(undefined);
}

/** The address that the refusal names, which the server saw and the browser cannot know. */
export function addressOf({ detail }: Problem): string | undefined {
  return /(?:^|[\s(])((?:\d{1,3}\.){3}\d{1,3}|[\da-f]*:[\da-f:.]*:[\da-f.]*)(?=$|[\s),.])/i.exec(
    detail ?? "",
  )?.[1];
}
