import type { HistoryRange } from "../api/types";

export type ChartRange = "live" | HistoryRange;

export const ranges: readonly ChartRange[] = ["live", "hour", "day", "week", "month"];

export function readHostView(search: Record<string, unknown>): { range?: ChartRange } {
  const range = ranges.find((one) => one === search.range);
  return range ? { range } : {};
}
