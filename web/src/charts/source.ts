import type { Frame } from "./frame";

/** Where a chart gets its data from. Drawing happens at its own pace, outside React. */
export interface FrameSource {
  read: () => Frame;
  /** The stretch of time on the axis, in epoch seconds. */
  span: () => [from: number, to: number];
  subscribe: (listener: () => void) => () => void;
}

/** How the values of a chart are written and where its axis ends. */
export interface Scale {
  format: (value: number | null | undefined) => string;
  /** The top of the axis where the quantity has one, such as 1 for shares. */
  ceiling?: number;
  /** Steps of 1024 instead of 1000. */
  binary?: boolean;
  /** The axis need not begin at nought. */
  floating?: boolean;
}
