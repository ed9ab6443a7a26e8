import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sessionQuery, signOut } from "../api/session";

/** Ends the session and forgets all that it had shown; the frame then leads to the sign-in page. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      await client.query({ ...sessionQuery, staleTime: 0 });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    },
  });
}
