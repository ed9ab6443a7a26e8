import { describe, expect, it } from "vitest";
import { align, historyGap, latest, liveGap } from "./frame";

describe("align", () => {
  it("lays tracks of different times over one axis", () => {
    const frame = align(
      [
        { label: "a", times: [1, 2], values: [10, 20] },
        { label: "b", times: [2, 3], values: [5, 6] },
      ],
      liveGap,
    );

    expect(frame.times).toEqual([1, 2, 3]);
    expect(frame.lines.map(({ values }) => values)).toEqual([
      [10, 20, undefined],
      [undefined, 5, 6],
    ]);
  });

  it("shows a silence as a gap, not as a line", () => {
    const frame = align([{ label: "a", times: [1, 2, 9, 10], values: [1, 1, 1, 1] }], liveGap);

    expect(frame.times).toEqual([1, 2, 3, 9, 10]);
    expect(frame.lines[0]?.values).toEqual([1, 1, null, 1, 1]);
  });

  it("does not take the change from ten seconds to one for a gap", () => {
    const frame = align([{ label: "a", times: [0, 10, 20, 29, 30], values: [1, 1, 1, 1, 1] }], liveGap);

    expect(frame.times).toEqual([0, 10, 20, 29, 30]);
  });

  it("judges history by its own step", () => {
    const track = { label: "a", times: [0, 60, 180, 360], values: [1, 1, 1, 1] };

    expect(align([track], historyGap(60)).lines[0]?.values).toEqual([1, 1, 1, null, 1]);
  });
});

describe("latest", () => {
  it("is the last measured value", () => {
    expect(latest({ label: "a", values: [1, 2, null, undefined] })).toBe(2);
    expect(latest({ label: "a", values: [null] })).toBeNull();
  });
});
