import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { historyQuery } from "../api/hosts";
import { live } from "../api/stream";
import { drawnMetrics } from "./chartList";
import { LiveTracks } from "./tracks";

/** Watches a host second by second, beginning with what is stored of the last minutes. */
export function useLiveTracks(host: string): LiveTracks {
  const client = useQueryClient();
  const [tracks] = useState(() => new LiveTracks());

  useEffect(() => {
    let wanted = true;
    const seed = () => fill(client, host, tracks, () => wanted);
    const stops = [
      live.on("sample", (event) => event.host === host && tracks.add(event)),
      live.onResume(seed),
    ];
    live.watch(host);
    seed();
    return () => {
      wanted = false;
      live.watch(undefined);
      stops.forEach((stop) => stop());
    };
  }, [client, host, tracks]);
  return tracks;
}

function fill(client: QueryClient, host: string, tracks: LiveTracks, wanted: () => boolean): void {
  for (const metric of drawnMetrics) {
    client.query({ ...historyQuery(host, metric, "hour"), staleTime: 0 }).then(
      (history) => wanted() && tracks.fill(history),
      () => undefined, // The live samples come all the same.
    );
  }
}
