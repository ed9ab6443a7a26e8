import { describe, expect, it } from "vitest";
import type { HostGroup } from "../api/accessTypes";
import { choiceOf, coversNothing, draftOf, scopeInWords, tagsOf } from "./scope";

const production: HostGroup = { id: "g1", name: "Production", tags: ["env:prod"], hosts: 3, version: 1 };
const scope = { tags: ["site:ams"], groups: [{ id: "g1", name: "Production" }] };

describe("a scope", () => {
  it("is sent as it was read when nothing is changed", () => {
    expect(choiceOf(draftOf(scope))).toEqual({ tags: ["site:ams"], groups: ["g1"] });
    expect(choiceOf(draftOf(null))).toBeNull();
  });

  it("resolves its groups to tags", () => {
    expect(tagsOf(scope, [production])).toEqual(["site:ams", "env:prod"]);
    expect(tagsOf(null, [production])).toBeUndefined();
  });

  it("of nothing covers nothing, which is not the same as all", () => {
    expect(coversNothing({ tags: [], groups: [] })).toBe(true);
    expect(coversNothing({ tags: [], groups: ["g1"] })).toBe(false);
    expect(coversNothing(null)).toBe(false);
  });

  it("is named by its groups and tags", () => {
    expect(scopeInWords(scope)).toBe("Production, site:ams");
    expect(scopeInWords(null)).toBe("All hosts");
    expect(scopeInWords({ tags: [], groups: [] })).toBe("No hosts");
  });
});
