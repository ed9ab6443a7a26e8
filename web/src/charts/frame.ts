/** What a chart draws, and what its table shows: times and, for each line, a value at each time. */
export interface Line {
  label: string;
  /** null is a gap; undefined means that this line simply has no point at that time. */
  values: (number | null | undefined)[];
}

export interface Frame {
  /** Epoch seconds, ascending. */
  times: number[];
  lines: Line[];
}

export interface Track {
  label: string;
  /** Epoch seconds, ascending. */
  times: readonly number[];
  values: readonly (number | null)[];
}

/** Lays tracks over one time axis. `gapAfter` says which silence counts as a gap, given the step before it. */
export function align(tracks: readonly Track[], gapAfter: (stepBefore: number) => number): Frame {
  const points = tracks.map((track) => withGaps(track, gapAfter));
  const times = [...new Set(points.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
  const lines = tracks.map(({ label }, index) => ({
    label,
    values: times.map((time) => points[index]?.get(time)),
  }));
  return { times, lines };
}

const longestStep = 10;

function withGaps(
  { times, values }: Track,
  gapAfter: (stepBefore: number) => number,
): Map<number, number | null> {
  const points = new Map<number, number | null>();
  let previous: number | undefined;
  let step = longestStep;
  times.forEach((time, index) => {
    if (previous !== undefined) {
      const silence = time - previous;
      if (silence > gapAfter(step)) points.set(previous + Math.min(step, silence / 2), null);
      step = Math.min(silence, longestStep);
    }
    points.set(time, values[index] ?? null);
    previous = time;
  });
  return points;
}

/** One-second samples may miss a few; ten-second ones may miss two. */
export function liveGap(stepBefore: number): number {
  return 3.5 * Math.max(1, stepBefore);
}

export function historyGap(stepSeconds: number): () => number {
  return () => 2.5 * stepSeconds;
}

/** The last measured value of a line. */
export function latest(line: Line): number | null {
  return line.values.findLast((value) => typeof value === "number") ?? null;
}
