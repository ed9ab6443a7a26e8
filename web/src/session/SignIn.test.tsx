import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { PasswordForm } from "./PasswordForm";

const nobody = () => undefined;

describe("the sign-in", () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("counts down after too many attempts, and then lets try again", async () => {
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    const limited = { status: 429, code: "rate_limited", title: "Too many attempts" };
    const calls = answerWith({
      "POST /session/password": () =>
        Response.json(limited, { status: 429, headers: { "Retry-After": "8" } }),
    });
    await renderPage(<PasswordForm onChallenge={nobody} onDone={nobody} />, account({}));
    await user.type(screen.getByTestId("sign-in-name"), "owner");
    await user.type(screen.getByTestId("sign-in-password"), "not this one{Enter}");

    expect(await screen.findByText(/Try again in 0:0\d/)).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    await user.type(screen.getByTestId("sign-in-password"), "{Enter}");
    await user.click(screen.getByTestId("sign-in-submit"));
    expect(calls).toHaveLength(1);

    await act(() => vi.advanceTimersByTimeAsync(9_000));
    expect(screen.getByText("You can try again now")).toBeTruthy();
    await user.click(screen.getByTestId("sign-in-submit"));
    expect(calls).toHaveLength(2);
  });
});
