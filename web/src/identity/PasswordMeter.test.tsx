import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { PasswordReason, PasswordVerdict } from "../api/types";
import { PasswordMeter } from "./PasswordMeter";

describe("PasswordMeter", () => {
  it("says what is asked for before anything is typed", () => {
    show("", undefined);

    expect(screen.getByText(/At least 12 characters/)).toBeTruthy();
  });

  it.each<[PasswordReason, RegExp]>([
    ["too_short", /4 to go/],
    ["common", /common passwords/],
    ["guessable", /guessed/],
    ["contains_name", /your name/],
    ["too_long", /Too long/],
  ])("says why %s is refused", (reason, words) => {
    show("eight888", { score: 0, accepted: false, reason, hint: null });

    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByTestId("password-meter").dataset.accepted).toBe("false");
  });

  it("prefers the server's own words", () => {
    show("password-password", {
      score: 0,
      accepted: false,
      reason: "common",
      hint: "Everybody tries this one.",
    });

    expect(screen.getByText("Everybody tries this one.")).toBeTruthy();
  });

  it("names the strength and the server's hint", () => {
    show("four unrelated words", {
      score: 3,
      accepted: true,
      reason: null,
      hint: "A longer one is stronger.",
    });

    expect(screen.getByText("Good. A longer one is stronger.")).toBeTruthy();
  });
});

function show(password: string, verdict: PasswordVerdict | undefined) {
  render(<PasswordMeter password={password} verdict={verdict} />);
}
