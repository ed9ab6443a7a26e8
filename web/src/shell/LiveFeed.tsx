import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { hostKeys } from "../api/hosts";
import { patchHosts, patchJoin } from "../api/livePatch";
import { sessionQuery } from "../api/session";
import { live } from "../api/stream";

/** Runs the tab's stream while somebody is signed in, and writes what it tells into the cache. */
export function LiveFeed() {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [
      live.on("hosts", (event) => patchHosts(client, event)),
      live.on("join", (event) => patchJoin(client, event)),
      live.onResume(() => void client.invalidateQueries({ queryKey: hostKeys.all })),
      // The stream may have ended because the session did.
      live.onRefusal(() => void client.invalidateQueries({ queryKey: sessionQuery.queryKey })),
    ];
    live.start();
    return () => {
      live.stop();
      stops.forEach((stop) => stop());
    };
  }, [client]);
  return null;
}
