import { describe, expect, it } from "vitest";
import { suggestSlug } from "./slug";

describe("suggestSlug", () => {
  it.each([
    ["Harbour Works", "harbour-works"],
    ["Häfen & Söhne", "hafen-sohne"],
    ["  --x-- ", "x"],
    ["港", ""],
    ["a".repeat(31) + " bc", "a".repeat(31)],
  ])("makes %j %j", (name, slug) => expect(suggestSlug(name)).toBe(slug));
});
