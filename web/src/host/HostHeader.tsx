import { Link } from "@tanstack/react-router";
import type { Host } from "../api/types";
import { HostMenu } from "../hosts/HostMenu";
import { useHostDialog } from "../hosts/useHostDialog";
import { StateMark } from "../hosts/StateMark";
import { Tags } from "../hosts/Tags";
import { classes } from "../ui/classes";
import { bytesPerSecond, duration, exactTime, nothing, percent, plainNumber } from "../ui/format";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";
import { useNow } from "../ui/useNow";

export function HostHeader({ host, onRemoved }: { host: Host; onRemoved: () => void }) {
  const { choose, dialog } = useHostDialog(onRemoved);
  return (
    <header className="grid gap-4">
      <div className="flex items-start justify-between gap-3">
        <div className="grid min-w-0 gap-1">
          <Link to="/hosts" className="flex w-fit items-center gap-1 text-sm text-quiet hover:text-ink">
            <Icon name="back" size={12} />
            Hosts
          </Link>
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words" data-testid="host-name">
              {host.name}
            </h1>
            <StateMark state={host.state} />
            <span className="text-sm text-quiet">
              since <RelativeTime time={host.stateSince} />
            </span>
          </div>
          <Tags tags={host.tags} />
        </div>
        <HostMenu host={host} onChoose={choose} outlined />
      </div>
      <Figures host={host} />
      {dialog}
    </header>
  );
}

function Figures({ host }: { host: Host }) {
  const { figures, state } = host;
  const now = useNow();
  const up =
    host.bootedAt && state !== "down" ? duration((now - Date.parse(host.bootedAt)) / 1_000) : nothing;
  return (
    <dl
      data-testid="host-figures"
      className={classes(
        "grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface sm:grid-cols-4 xl:grid-cols-7",
        state !== "up" && "text-quiet",
      )}
    >
      <Figure label="CPU" value={percent(figures?.cpu)} testId="figure-cpu" />
      <Figure label="Memory" value={percent(figures?.memory)} testId="figure-memory" />
      <Figure label="Fullest file system" value={percent(figures?.disk)} />
      <Figure label="Load, 1 min" value={plainNumber(figures?.load1)} />
      <Figure label="Network in" value={bytesPerSecond(figures?.networkReceive)} />
      <Figure label="Network out" value={bytesPerSecond(figures?.networkTransmit)} />
      <Figure
        label="Uptime"
        value={up}
        testId="figure-uptime"
        title={host.bootedAt ? `Since ${exactTime(host.bootedAt)}` : undefined}
      />
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: string;
  testId?: string;
  title?: string | undefined;
}

function Figure({ label, value, testId, title }: FigureProps) {
  return (
    <div className="-mr-px -mb-px border-r border-b border-line px-3 py-2" title={title}>
      <dt className="truncate text-xs text-quiet">{label}</dt>
      <dd className="text-lg font-medium whitespace-nowrap" data-testid={testId}>
        {value}
      </dd>
    </div>
  );
}
