import { QueryClient } from "@tanstack/react-query";
import { ApiError, whenSessionChanges } from "./client";
import { sessionQuery } from "./session";

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 3 && worthRepeating(error),
        refetchOnWindowFocus: false,
        staleTime: 30_000,
      },
    },
  });
  // Asking again shows the new state, and the pages follow it: to the sign-in, or to what is still allowed.
  whenSessionChanges(() => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }));
  return client;
}

function worthRepeating(error: unknown): boolean {
  return !(error instanceof ApiError) || error.problem.status === 0 || error.problem.status >= 500;
}
