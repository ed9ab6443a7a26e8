import { useSuspenseQuery } from "@tanstack/react-query";
import { sessionQuery, type Session } from "../api/session";

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}
