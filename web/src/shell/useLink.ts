import { useSyncExternalStore } from "react";
import { live, type Link } from "../api/stream";

export function useLink(): Link {
  return useSyncExternalStore(live.subscribeLink, live.readLink);
}
