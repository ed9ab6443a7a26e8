import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Problem } from "../api/types";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { addressOf } from "./shutOut";
import { ShutOutPage } from "./ShutOutPage";

const refusal = (detail: string): Problem => ({
  ...{ title: "This address may not use this tenant", status: 403, code: "address_not_allowed", detail },
});

afterEach(() => void vi.unstubAllGlobals());

describe("an address that is not allowed", () => {
  it("is told its address and who can help, and that it still does not work", async () => {
    const problem = refusal("198.51.100.7 is on none of the networks that this tenant allows.");
    answerWith({ "GET /setup": () => problem });
    await renderPage(<ShutOutPage refusal={problem} />, account({}));

    expect(screen.getByTestId("shut-out-address").textContent).toBe("198.51.100.7");
    expect(screen.getByText(/ask an owner or admin/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByText(/it was still not allowed/)).toBeTruthy();
  });

  it.each([
    ["198.51.100.7 is on none of them.", "198.51.100.7"],
    ["2001:db8::7 is on none of them.", "2001:db8::7"],
    ["Your own address, ::1, would be shut out.", "::1"],
    ["At 12:30 nothing was allowed.", undefined],
    ["", undefined],
  ])("is found in: %s", (detail, address) => {
    expect(addressOf(refusal(detail))).toBe(address);
  });
});
