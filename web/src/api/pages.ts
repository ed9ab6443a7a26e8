import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { parameters } from "./parameters";
import type { Page } from "./types";

const pageSize = 200;

/** A list that comes in pages, each asked for with the cursor of the one before. */
export function pagesQuery<T>(
  key: readonly unknown[],
  path: string,
  filter: Record<string, string | undefined> = {},
) {
  return infiniteQueryOptions({
    queryKey: [...key, filter],
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>("GET", `${path}?${parameters({ ...filter, limit: pageSize, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
