import { describe, expect, it } from "vitest";
import { roundUp, valueRange } from "./axes";
import { plainNumber } from "../ui/format";

describe("roundUp", () => {
  it.each([
    [0, false, 1],
    [0.37, false, 0.4],
    [7, false, 8],
    [3000, true, 3072],
    [150 * 1024 * 1024, true, 200 * 1024 * 1024],
  ])("%s (binary: %s) is %s", (value, binary, expected) => {
    expect(roundUp(value, binary)).toBeCloseTo(expected);
  });
});

describe("valueRange", () => {
  const format = plainNumber;

  it("ends where the quantity ends", () => {
    expect(valueRange({ format, ceiling: 1 }, 0.1, 0.3)).toEqual([0, 1]);
  });

  it("need not begin at nought for temperatures", () => {
    expect(valueRange({ format, floating: true }, 41, 58)).toEqual([35, 75]);
  });

  it("stands without any value", () => {
    expect(valueRange({ format }, Infinity, -Infinity)).toEqual([0, 1]);
  });
});
