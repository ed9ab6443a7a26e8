import { Link } from "@tanstack/react-router";
import { classes } from "../ui/classes";
import { ranges, type ChartRange } from "./view";

const labels: Record<ChartRange, string> = {
  live: "Live",
  hour: "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
};

const explanations: Record<ChartRange, string> = {
  live: "Last 5 minutes, every second",
  hour: "Last hour",
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
};

export function RangeTabs({ range, host }: { range: ChartRange; host: string }) {
  return (
    <nav aria-label="Time range" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <ul className="inline-flex rounded-md border border-line bg-surface p-0.5">
        {ranges.map((one) => (
          <li key={one}>
            <Link
              to="/hosts/$hostId"
              params={{ hostId: host }}
              search={one === "live" ? {} : { range: one }}
              replace
              resetScroll={false}
              aria-current={one === range ? "true" : undefined}
              data-testid={`range-${one}`}
              className={classes(
                "inline-flex h-7 items-center rounded-sm px-3 text-sm",
                one === range
                  ? "bg-accent font-medium text-on-accent"
                  : "text-quiet hover:bg-hover hover:text-ink",
              )}
            >
              {labels[one]}
            </Link>
          </li>
        ))}
      </ul>
      <span className="text-sm text-quiet">{explanations[range]}</span>
    </nav>
  );
}
