import { describe, expect, it } from "vitest";
import { outline } from "./Sparkline";

describe("outline", () => {
  it("runs from left to right, 100 % at the top", () => {
    expect(outline([0, 1])).toBe("M0.0 18.5L64.0 1.5");
  });

  it("lifts the pen where nothing was measured", () => {
    expect(outline([0, 0, null, 0, 0])).toBe("M0.0 18.5L16.0 18.5M48.0 18.5L64.0 18.5");
  });

  it("draws nothing from nothing", () => {
    expect(outline([null, null])).toBe("");
  });
});
