import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Host } from "../api/types";
import { classes } from "../ui/classes";
import { bytesPerSecond, percent, plainNumber } from "../ui/format";
import { RelativeTime } from "../ui/RelativeTime";
import { grid } from "./columns";
import { HostMenu, type HostAction } from "./HostMenu";
import { ShareBar } from "./ShareBar";
import { Sparkline } from "./Sparkline";
import { StateMark } from "./StateMark";
import { Tags } from "./Tags";

interface HostRowProps {
  host: Host;
  index: number;
  narrow: boolean;
  focusable: boolean;
  top: number;
  height: number;
  onPickTag: (tag: string) => void;
  onChoose: (action: HostAction, host: Host) => void;
}

export const HostRow = memo(function HostRow({
  host,
  index,
  narrow,
  focusable,
  top,
  height,
  onPickTag,
  onChoose,
}: HostRowProps) {
  const stale = host.state !== "up";
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      tabIndex={focusable ? 0 : -1}
      data-index={index}
      data-testid="host-row"
      data-host={host.id}
      style={{ top, height }}
      className={classes(
        grid,
        "absolute inset-x-0 border-b border-line -outline-offset-2 hover:bg-hover",
        narrow && "content-center gap-y-1.5",
      )}
    >
      {narrow ? (
        <NarrowCells host={host} stale={stale} onChoose={onChoose} />
      ) : (
        <WideCells host={host} stale={stale} onChoose={onChoose} onPickTag={onPickTag} />
      )}
    </div>
  );
});

interface CellsProps {
  host: Host;
  stale: boolean;
  onChoose: (action: HostAction, host: Host) => void;
}

function WideCells({ host, stale, onPickTag, onChoose }: CellsProps & { onPickTag: (tag: string) => void }) {
  const { figures } = host;
  const figure = classes("max-lg:hidden justify-self-end text-right text-sm", stale && "text-quiet");
  return (
    <>
      <div role="gridcell">
        <StateMark state={host.state} />
      </div>
      <div role="gridcell" className="min-w-0">
        <Name host={host} />
      </div>
      <div role="gridcell" className="min-w-0 max-lg:hidden">
        <Tags tags={host.tags} onPick={onPickTag} />
      </div>
      <Trend values={host.spark?.cpu} latest={figures?.cpu} stale={stale} />
      <Trend values={host.spark?.memory} latest={figures?.memory} stale={stale} />
      <div role="gridcell" className={figure}>
        <ShareBar value={figures?.disk} />
      </div>
      <div role="gridcell" className={figure}>
        {plainNumber(figures?.load1)}
      </div>
      <div role="gridcell" className={classes(figure, "grid text-xs")}>
        <span>{bytesPerSecond(figures?.networkReceive)} in</span>
        <span>{bytesPerSecond(figures?.networkTransmit)} out</span>
      </div>
      <div role="gridcell" className="justify-self-end text-sm text-quiet">
        <RelativeTime time={host.lastSeenAt} />
      </div>
      <div role="gridcell">
        <HostMenu host={host} onChoose={onChoose} />
      </div>
    </>
  );
}

function NarrowCells({ host, stale, onChoose }: CellsProps) {
  return (
    <>
      <div role="gridcell" className="flex min-w-0 items-center gap-2">
        <Name host={host} />
      </div>
      <div role="gridcell" className="flex items-center gap-1">
        <StateMark state={host.state} />
        <HostMenu host={host} onChoose={onChoose} />
      </div>
      <div role="gridcell" className={classes("col-span-2 grid grid-cols-2 gap-4", stale && faded)}>
        <Labelled label="CPU" values={host.spark?.cpu} latest={host.figures?.cpu} />
        <Labelled label="Mem" values={host.spark?.memory} latest={host.figures?.memory} />
      </div>
      <div role="gridcell" className="col-span-2 flex min-w-0 items-center gap-2 text-xs text-quiet">
        <span className="shrink-0">
          Seen <RelativeTime time={host.lastSeenAt} />
        </span>
        <Tags tags={host.tags} />
      </div>
    </>
  );
}

function Name({ host }: { host: Host }) {
  const differs = host.hostname !== host.name;
  return (
    <span className="grid min-w-0 leading-[18px]">
      <Link
        to="/hosts/$hostId"
        params={{ hostId: host.id }}
        tabIndex={-1}
        title={host.name}
        className="truncate font-medium hover:underline"
      >
        {host.name}
      </Link>
      {differs && <span className="truncate text-xs text-quiet">{host.hostname}</span>}
    </span>
  );
}

interface TrendProps {
  values: readonly (number | null)[] | undefined;
  latest: number | null | undefined;
}

const none: readonly null[] = [];
/** Figures of the past: the words stay legible, the drawing steps back. */
const faded = "text-quiet [&_svg]:opacity-50";

function Trend({ values, latest, stale }: TrendProps & { stale: boolean }) {
  return (
    <div role="gridcell" className={classes("flex items-center gap-2", stale && faded)}>
      <Sparkline values={values ?? none} latest={latest ?? null} />
      <span className="w-12 text-right text-sm">{percent(latest)}</span>
    </div>
  );
}

function Labelled({ label, values, latest }: TrendProps & { label: string }) {
  return (
    <span className="flex items-center gap-2 text-sm">
      <span className="w-8 text-xs text-quiet">{label}</span>
      <Sparkline values={values ?? none} latest={latest ?? null} />
      <span className="whitespace-nowrap">{percent(latest)}</span>
    </span>
  );
}
