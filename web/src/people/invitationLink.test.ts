import { describe, expect, it } from "vitest";
import { findCode, invitationLink } from "./invitationLink";

describe("an invitation's link", () => {
  it("carries the code where no server sees it", () => {
    const link = new URL(invitationLink("https://fleet.example", "bhi1_a-b_c"));

    expect(link.hash).toBe("#code=bhi1_a-b_c");
    expect(link.pathname + link.search).toBe("/invitation");
  });

  it.each([
    ["#code=bhi1_abc", "bhi1_abc"],
    ["https://fleet.example/invitation#code=bhi1_abc", "bhi1_abc"],
    ["#code=%20bhi1_abc%20", "bhi1_abc"],
    ["bhi1_abc", undefined],
    ["#code=", undefined],
    ["#main", undefined],
    ["", undefined],
  ])("gives the code of %j as %j", (text, code) => {
    expect(findCode(text)).toBe(code);
  });
});
