import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { JoinFailureCause, JoinStatus } from "../api/types";
import { JoinStatusPanel } from "./JoinStatusPanel";

const waiting: JoinStatus = { id: "j", state: "waiting", expiresAt: "2026-01-01T00:15:00Z" };

describe("JoinStatusPanel", () => {
  it("waits, and says for how long", () => {
    show({ status: waiting, secondsLeft: 61 });

    expect(screen.getByText(/Waiting for the host/)).toBeTruthy();
    expect(screen.getByRole("timer").textContent).toContain("1:01");
  });

  it.each<[JoinFailureCause, RegExp, boolean]>([
    ["expired", /had expired/, true],
    ["used", /used already/, true],
    ["clock_off", /clock is wrong/, false],
    ["refused", /refused/, false],
    ["bad_request", /could not be read/, false],
  ])("names %s and offers a new code only where the old one is spent", (cause, words, spent) => {
    show({ status: { ...waiting, state: "failed", failure: { cause, remedy: "", at: "" } } });

    expect(screen.getByRole("alert").textContent).toMatch(words);
    expect(screen.queryByTestId("join-again") !== null).toBe(spent);
  });

  it("prefers the server's own remedy", () => {
    const failure = { cause: "clock_off" as const, remedy: "Set the clock forward by 2 h.", at: "" };

    show({ status: { ...waiting, state: "failed", failure } });

    expect(screen.getByText("Set the clock forward by 2 h.")).toBeTruthy();
  });

  it("offers a new code when the time is over, whatever the server says", async () => {
    const onAgain = vi.fn();
    show({ status: waiting, over: true, onAgain });

    await userEvent.click(screen.getByTestId("join-again"));

    expect(onAgain).toHaveBeenCalledOnce();
  });
});

function show(props: Partial<Parameters<typeof JoinStatusPanel>[0]>) {
  render(
    <JoinStatusPanel
      status={undefined}
      over={false}
      secondsLeft={900}
      onAgain={() => undefined}
      {...props}
    />,
  );
}
