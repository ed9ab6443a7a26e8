import type { ReactNode } from "react";
import { Button } from "./Button";
import { Failure } from "./Notice";
import { Skeleton } from "./Skeleton";

interface Listing {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

interface ListStatesProps {
  list: Listing;
  /** What is being waited for, said to those who do not see the skeleton. */
  noun: string;
  isEmpty: boolean;
  empty: ReactNode;
  children: ReactNode;
}

/** The states that every list has besides its rows: loading, failed, empty, and more to come. */
export function ListStates({ list, noun, isEmpty, empty, children }: ListStatesProps) {
  if (list.isPending) return <ListSkeleton noun={noun} />;
  if (list.isError && isEmpty) {
    return (
      <Failure error={list.error} action={<Button onClick={() => void list.refetch()}>Try again</Button>} />
    );
  }
  if (isEmpty) return empty;
  return (
    <div className="grid gap-2">
      {children}
      {list.hasNextPage && (
        <Button
          className="justify-self-center"
          busy={list.isFetchingNextPage === true}
          onClick={() => void list.fetchNextPage?.()}
          data-testid="show-more"
        >
          Show more
        </Button>
      )}
    </div>
  );
}

function ListSkeleton({ noun }: { noun: string }) {
  return (
    <div aria-busy="true" className="rounded-lg border border-line bg-surface">
      <p className="sr-only">Loading the {noun}</p>
      {Array.from({ length: 4 }, (_, row) => (
        <div key={row} className="flex h-11 items-center gap-6 border-b border-line px-3 last:border-0">
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 w-16" />
          <Skeleton className="ml-auto h-3 w-24 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
