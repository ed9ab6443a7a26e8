import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ApiError } from "../api/client";
import { hostQuery } from "../api/hosts";
import type { Host } from "../api/types";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Failure } from "../ui/Notice";
import { Skeleton } from "../ui/Skeleton";
import { usePageTitle } from "../ui/usePageTitle";
import { LiveCharts, StoredCharts } from "./Charts";
import { Facts } from "./Facts";
import { FileSystems } from "./FileSystems";
import { HostHeader } from "./HostHeader";
import { HostNotices } from "./HostNotices";
import { Processes } from "./Processes";
import { RangeTabs } from "./RangeTabs";
import { useLiveTracks } from "./useLiveTracks";
import type { ChartRange } from "./view";

export function HostPage({ id, range }: { id: string; range: ChartRange }) {
  const host = useQuery(hostQuery(id));
  usePageTitle(host.data?.name ?? "Host");

  const gone = host.error instanceof ApiError && host.error.problem.status === 404;
  if (gone) return <NoSuchHost />;
  if (host.data) return <HostView host={host.data} range={range} />;
  if (host.isError) {
    return (
      <Failure error={host.error} action={<Button onClick={() => void host.refetch()}>Try again</Button>} />
    );
  }
  return (
    <div aria-busy="true" className="grid gap-4">
      <p className="sr-only">Loading the host</p>
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}

function HostView({ host, range }: { host: Host; range: ChartRange }) {
  const navigate = useNavigate();
  const tracks = useLiveTracks(host.id);
  return (
    <div className="grid gap-4">
      <HostHeader host={host} onRemoved={() => void navigate({ to: "/hosts" })} />
      <HostNotices host={host} />
      <RangeTabs range={range} host={host.id} />
      {range === "live" ? <LiveCharts tracks={tracks} /> : <StoredCharts host={host.id} range={range} />}
      <div className="grid items-start gap-3 xl:grid-cols-[2fr_1fr]">
        <div className="grid min-w-0 gap-3">
          <Processes host={host.id} />
          <FileSystems tracks={tracks} />
        </div>
        <Facts host={host} />
      </div>
    </div>
  );
}

function NoSuchHost() {
  return (
    <EmptyState
      title="There is no such host"
      testId="host-not-found"
      action={
        <Link to="/hosts" className="link">
          Go to the hosts
        </Link>
      }
    >
      It may have been removed. A removed host comes back only by joining again.
    </EmptyState>
  );
}
