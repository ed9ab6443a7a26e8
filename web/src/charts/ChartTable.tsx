import { useEffect, useState } from "react";
import { exactTime, clockTime } from "../ui/format";
import { latest } from "./frame";
import type { FrameSource, Scale } from "./source";

const mostRows = 400;
const refreshEvery = 5_000;

interface ChartTableProps {
  title: string;
  source: FrameSource;
  format: Scale["format"];
}

/** The chart's figures, newest first. It follows slowly, so that it can be read. */
export function ChartTable({ title, source, format }: ChartTableProps) {
  const [frame, setFrame] = useState(source.read);

  useEffect(() => {
    const timer = setInterval(() => setFrame(source.read()), refreshEvery);
    return () => clearInterval(timer);
  }, [source]);

  const rows = frame.times
    .map((time, index) => ({ time, index }))
    .slice(-mostRows)
    .reverse();
  const oneDay = (frame.times.at(-1) ?? 0) - (frame.times[0] ?? 0) < 86_400;
  return (
    <div
      // A region that scrolls has to be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={`${title}, as a table`}
      className="h-[184px] overflow-auto text-xs"
    >
      <table className="w-full border-collapse" data-testid="chart-table">
        <thead className="sticky top-0 bg-surface text-left text-quiet">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              Time
            </th>
            {frame.lines.map((line) => (
              <th key={line.label} scope="col" className="py-1 pl-3 text-right font-medium">
                {line.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, index }) => (
            <tr key={time} className="border-t border-line">
              <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                {oneDay ? clockTime(time * 1_000) : exactTime(time * 1_000)}
              </th>
              {frame.lines.map((line) => (
                <td key={line.label} className="py-1 pl-3 text-right whitespace-nowrap">
                  {line.values[index] === null ? "gap" : format(line.values[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!frame.lines.some((line) => latest(line) !== null) && (
        <p className="py-3 text-quiet">Nothing was measured in this time.</p>
      )}
    </div>
  );
}
