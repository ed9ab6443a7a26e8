import { memo } from "react";

const width = 64;
const height = 20;

interface SparklineProps {
  /** Shares of one; null where nothing was measured. */
  values: readonly (number | null)[];
  /** The newest figure, which is more recent than the last of the values. */
  latest: number | null;
}

/** The last minutes at a glance, on a fixed scale of 0 to 100 %. The number stands beside it. */
export const Sparkline = memo(function Sparkline({ values, latest }: SparklineProps) {
  return (
    <svg
      aria-hidden="true"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="shrink-0"
    >
      <path d={`M0 ${height - 0.5}H${width}`} className="stroke-line" />
      <path d={outline([...values, latest])} fill="none" strokeWidth="1.5" className="stroke-chart-1" />
    </svg>
  );
});

/** One stroke for each stretch without a gap. */
export function outline(values: readonly (number | null)[]): string {
  const step = width / Math.max(1, values.length - 1);
  let pen: "M" | "L" = "M";
  let path = "";
  values.forEach((value, index) => {
    if (value === null) {
      pen = "M";
      return;
    }
    const y = height - 1.5 - Math.min(1, Math.max(0, value)) * (height - 3);
    path += `${pen}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  return path;
}
