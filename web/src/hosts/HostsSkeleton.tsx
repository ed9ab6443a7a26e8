import { Skeleton } from "../ui/Skeleton";

export function HostsSkeleton() {
  return (
    <div aria-busy="true" className="rounded-lg border border-line bg-surface">
      <p className="sr-only">Loading the hosts</p>
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} className="flex h-11 items-center gap-6 border-b border-line px-3 last:border-0">
          <Skeleton className="h-3 w-12" />
          <Skeleton className="h-3 w-40" />
          <Skeleton className="ml-auto h-3 w-24" />
          <Skeleton className="h-3 w-24 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
