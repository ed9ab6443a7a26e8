/** Numbers and times as people read them. A no-break space stands before every unit. */

const space = "\u00a0";
export const nothing = "–";

type Value = number | null | undefined;

/** A share of one: 0.042 is "4.2 %". */
export function percent(value: Value): string {
  if (value === null || value === undefined) return nothing;
  const hundredths = value * 100;
  const small = hundredths >= 0.05 && hundredths < 9.95;
  return `${hundredths.toFixed(small ? 1 : 0)}${space}%`;
}

const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Binary units and three significant digits: "1.46 GiB". */
export function bytes(value: Value): string {
  if (value === null || value === undefined) return nothing;
  let amount = value;
  let unit = 0;
  while (Math.abs(amount) >= 999.5 && unit < binary.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${significant(amount, unit === 0)}${space}${binary[unit] ?? ""}`;
}

export function bytesPerSecond(value: Value): string {
  return value === null || value === undefined ? nothing : `${bytes(value)}/s`;
}

export function plainNumber(value: Value): string {
  if (value === null || value === undefined) return nothing;
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

export function degrees(value: Value): string {
  return value === null || value === undefined ? nothing : `${value.toFixed(0)}${space}°C`;
}

export function count(value: number): string {
  return value.toLocaleString("en").replace(/,/g, "\u202f");
}

function significant(amount: number, whole: boolean): string {
  if (whole || Math.abs(amount) >= 99.95) return amount.toFixed(0);
  return amount.toFixed(Math.abs(amount) >= 9.995 ? 1 : 2);
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Two neighbouring units at most: "3 d 4 h", "15 min", "42 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < minute) return `${whole}${space}s`;
  if (whole < hour) return `${Math.floor(whole / minute)}${space}min`;
  if (whole < day) return two(whole, hour, "h", minute, "min");
  return two(whole, day, "d", hour, "h");
}

function two(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${count(Math.floor(seconds / large))}${space}${largeUnit}`;
  const rest = Math.floor((seconds % large) / small);
  return rest === 0 ? first : `${first} ${rest}${space}${smallUnit}`;
}

/** One unit, rounded down: "12 s ago". */
export function ago(seconds: number): string {
  if (seconds < 2) return "now";
  if (seconds < 2 * hour) return `${duration(seconds)} ago`;
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}${space}h ago`;
  return `${count(Math.floor(seconds / day))}${space}d ago`;
}

/** One unit, rounded down: "in 2 d"; "now" once it is over. */
export function ahead(seconds: number): string {
  return seconds <= 0 ? "now" : `in ${ago(Math.max(seconds, 2)).replace(" ago", "")}`;
}

/** Minutes and seconds of a countdown: "14:05". */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / minute)}:${String(whole % minute).padStart(2, "0")}`;
}

const exact = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
});
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export function exactTime(time: number | string): string {
  return exact.format(new Date(time));
}

const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

/** A day without a time: "4 July 2026". */
export function exactDate(time: number | string): string {
  return date.format(new Date(time));
}

/** "1 host", "2 hosts": a number with its noun. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)}${space}${value === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], last = "and"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}

export function clockTime(time: number | string): string {
  return clock.format(new Date(time));
}
