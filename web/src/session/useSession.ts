import { useSuspenseQuery } from "@tanstack/react-query";
import { sessionQuery } from "../api/session";
import type { Session } from "../api/types";

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}
