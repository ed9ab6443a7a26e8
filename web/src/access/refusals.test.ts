import { describe, expect, it } from "vitest";
import { ApiError } from "../api/client";
import { fieldError, findRefusal } from "./refusals";

const problem = (fields: object) =>
  new ApiError({ title: "Title", status: 400, code: "validation", ...fields });

describe("refusals", () => {
  it.each(["networks", "networks[1]", "networks.0"])("are found for a field by %s", (field) => {
    const error = problem({ errors: [{ field, message: "No such range." }] });

    expect(fieldError(error, "networks")).toBe("No such range.");
    expect(fieldError(error, "name")).toBeUndefined();
  });

  it("name the people who keep a group from being deleted", () => {
    const error = problem({ code: "group_in_use", detail: "It is in the scope of night-shift." });

    expect(findRefusal(error)?.detail).toContain("night-shift");
  });

  it("leave what they do not know to the server's own words", () => {
    expect(findRefusal(problem({ code: "rate_limited" }))).toBeUndefined();
    expect(findRefusal(new Error("anything"))).toBeUndefined();
  });
});
