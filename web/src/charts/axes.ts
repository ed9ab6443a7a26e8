import type uPlot from "uplot";
import type { Scale } from "./source";

const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const hourMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Hours and minutes; the day where the steps are days, or where one begins. */
export function timeLabels(
  _: uPlot,
  splits: number[],
  _axis: number,
  _space: number,
  step: number,
): string[] {
  return splits.map((split) => {
    const date = new Date(split * 1_000);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0;
    return step >= 86_400 || midnight ? shortDay.format(date) : hourMinute.format(date);
  });
}

/** The value axis: from nought to a round number above all values, unless the quantity has a top. */
export function valueRange(scale: Scale, min: number, max: number): [number, number] {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return [0, scale.ceiling ?? 1];
  if (scale.ceiling !== undefined) return [0, scale.ceiling];
  if (scale.floating) {
    const bottom = Math.floor((min - 2) / 5) * 5;
    return [bottom, bottom + 20 * Math.ceil((max + 2 - bottom) / 20)];
  }
  return [0, roundUp(max * 1.1, scale.binary === true)];
}

export function roundUp(value: number, binary: boolean): number {
  if (value <= 0) return 1;
  if (binary) return niceAbove(value, 1024 ** Math.floor(Math.log(value) / Math.log(1024)));
  return niceAbove(value, 1);
}

// A quarter of each has few digits.
const nice = [1, 2, 3, 4, 5, 6, 8, 10];

function niceAbove(value: number, unit: number): number {
  const scaled = value / unit;
  const power = 10 ** Math.floor(Math.log10(scaled));
  const step = nice.find((one) => one * power >= scaled) ?? 10;
  return step * power * unit;
}

/** Four equal steps, so that every chart's grid has the same calm. */
export function valueSplits(_: uPlot, _axis: number, min: number, max: number): number[] {
  return [0, 1, 2, 3, 4].map((part) => min + ((max - min) * part) / 4);
}
