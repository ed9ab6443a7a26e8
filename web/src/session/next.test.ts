import { describe, expect, it } from "vitest";
import { readNext } from "./next";

describe("readNext", () => {
  it("keeps a path of ours", () => {
    expect(readNext({ next: "/hosts/4?range=day" })).toEqual({ next: "/hosts/4?range=day" });
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    7,
    "/sign-in",
  ])("drops %s", (next) => {
    expect(readNext({ next })).toEqual({});
  });
});
