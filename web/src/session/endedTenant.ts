import { queryOptions, skipToken } from "@tanstack/react-query";

/** What the sign-in page tells whoever has just deleted their tenant; nobody asks a server for it. */
export const endedTenant = queryOptions<{ name: string; purgeAt: string }>({
  queryKey: ["ended-tenant"],
  queryFn: skipToken,
});
