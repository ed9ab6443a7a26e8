import { useQueries } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { historyQuery } from "../api/hosts";
import type { HistoryRange } from "../api/types";
import { Chart } from "../charts/Chart";
import type { FrameSource } from "../charts/source";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Failure } from "../ui/Notice";
import { Skeleton } from "../ui/Skeleton";
import { chartsFor, drawnMetrics, type ChartSpec } from "./chartList";
import { liveSource, storedSource } from "./sources";
import { tracksOf, type LiveTracks } from "./tracks";

export function LiveCharts({ tracks }: { tracks: LiveTracks }) {
  const shape = useSyncExternalStore(tracks.subscribe, tracks.readShape);
  const charts = useMemo(
    () => chartsFor(tracks.all()).map((chart) => ({ chart, source: liveSource(tracks, chart) })),
    // The charts change only when a series appears.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shape, tracks],
  );
  if (charts.length === 0) return <ChartSkeletons />;
  return <ChartGrid charts={charts} />;
}

export function StoredCharts({ host, range }: { host: string; range: HistoryRange }) {
  const results = useQueries({
    queries: drawnMetrics.map((metric) => ({
      ...historyQuery(host, metric, range),
      refetchInterval: 60_000,
    })),
    combine: (queries) => ({
      histories: queries.flatMap((query) => (query.data ? [query.data] : [])),
      pending: queries.some((query) => query.isPending),
      failed: queries.find((query) => query.isError),
      retry: () => queries.filter((query) => query.isError).forEach((query) => void query.refetch()),
    }),
  });
  const { histories, pending, failed, retry } = results;
  const charts = useMemo(() => {
    const first = histories[0];
    if (!first || pending) return [];
    const stored = {
      tracks: histories.flatMap(tracksOf),
      stepSeconds: first.stepSeconds,
      span: [Date.parse(first.from) / 1_000, Date.parse(first.to) / 1_000] as [number, number],
    };
    return chartsFor(stored.tracks).map((chart) => ({ chart, source: storedSource(stored, chart) }));
  }, [histories, pending]);

  if (pending) return <ChartSkeletons />;
  return (
    <div className="grid gap-3">
      {failed && <Failure error={failed.error} action={<Button onClick={retry}>Try again</Button>} />}
      {charts.length === 0 && !failed && (
        <EmptyState title="Nothing was measured in this time">
          A host’s figures begin when its agent joins; what it measured while it was cut off follows by
          itself.
        </EmptyState>
      )}
      <ChartGrid charts={charts} />
    </div>
  );
}

function ChartGrid({ charts }: { charts: { chart: ChartSpec; source: FrameSource }[] }) {
  return (
    <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {charts.map(({ chart, source }) => (
        <Chart key={chart.id} id={chart.id} title={chart.title} source={source} scale={chart.scale} />
      ))}
    </div>
  );
}

function ChartSkeletons() {
  return (
    <div aria-busy="true" className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      <p className="sr-only">Loading the charts</p>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className="rounded-lg border border-line bg-surface p-3">
          <Skeleton className="mb-3 h-4 w-24" />
          <Skeleton className="h-[176px] w-full" />
        </div>
      ))}
    </div>
  );
}
