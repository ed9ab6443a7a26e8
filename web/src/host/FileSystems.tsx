import { useEffect, useState } from "react";
import { Card } from "../ui/Card";
import { classes } from "../ui/classes";
import { bytes, percent } from "../ui/format";
import { readFileSystems } from "./fileSystemList";
import type { LiveTracks } from "./tracks";

const refreshEvery = 5_000;

/** How full each file system is now. They change slowly, and so does this table. */
export function FileSystems({ tracks }: { tracks: LiveTracks }) {
  const [list, setList] = useState(() => readFileSystems(tracks.all()));

  useEffect(() => {
    const read = () => setList(readFileSystems(tracks.all()));
    const soon = setTimeout(read, 1_000);
    const timer = setInterval(read, refreshEvery);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [tracks]);

  if (list.length === 0) return null;
  return (
    <Card title="File systems" testId="file-systems">
      <ul className="grid">
        {list.map(({ mountpoint, type, used, total, share }) => (
          <li key={mountpoint} className="grid gap-1 border-t border-line px-3 py-2 first:border-0">
            <div className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0 truncate font-mono text-xs" title={mountpoint}>
                {mountpoint} <span className="text-quiet">{type}</span>
              </span>
              <span className="whitespace-nowrap">
                <span className="text-quiet max-sm:hidden">
                  {bytes(used)} of {bytes(total)} ·{" "}
                </span>
                {percent(share)}
                {share >= fullAt && <span className="font-medium text-down"> almost full</span>}
              </span>
            </div>
            <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-line">
              <span
                className={classes("block h-full", share >= fullAt ? "bg-down" : "bg-chart-1")}
                style={{ width: `${Math.min(1, share) * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const fullAt = 0.9;
