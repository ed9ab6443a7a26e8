import { percent } from "../ui/format";

/** A share of one as a number over a bar. */
export function ShareBar({ value }: { value: number | null | undefined }) {
  return (
    <span className="grid w-14 gap-0.5 text-right text-sm">
      {percent(value)}
      <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-chart-1" style={{ width: `${Math.min(1, value ?? 0) * 100}%` }} />
      </span>
    </span>
  );
}
