import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { GroupDialog } from "../tenant/GroupDialog";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { StepUp } from "./StepUp";

afterEach(() => void vi.unstubAllGlobals());

const required = {
  ...{ status: 403, code: "step_up_required", title: "Confirm that it is you" },
  factors: ["totp", "recovery_code"],
};

/** A server whose session becomes fresh by the right code. */
function server() {
  let fresh = false;
  return answerWith({
    "POST /groups": () => (fresh ? { id: "g" } : required),
    "POST /account/step-up": ({ body }) => {
      fresh = (body as { code: string }).code === "123456";
      return fresh
        ? { freshUntil: "2026-01-01T00:00:00Z" }
        : { status: 403, code: "factor_wrong", title: "No" };
    },
  });
}

describe("the fresh factor", () => {
  it("is asked for once, and then what was begun goes on by itself", async () => {
    const calls = server();
    const done = vi.fn();
    await renderPage(
      <>
        <GroupDialog onDone={done} onClose={done} />
        <StepUp />
      </>,
      account({}),
    );
    await userEvent.type(screen.getByTestId("group-name"), "Production");
    await userEvent.type(screen.getByTestId("group-tags"), "env:prod");
    await userEvent.click(screen.getByTestId("group-save"));

    await userEvent.type(await screen.findByTestId("step-up-totp"), "000 000");
    await userEvent.click(screen.getByTestId("step-up-finish"));
    expect(await screen.findByText(/That code is not right now/)).toBeTruthy();
    await userEvent.clear(screen.getByTestId("step-up-totp"));
    await userEvent.type(screen.getByTestId("step-up-totp"), "123 456");
    await userEvent.click(screen.getByTestId("step-up-finish"));

    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(screen.queryByTestId("step-up")).toBeNull();
    const tries = calls.filter(({ path }) => path === "/groups");
    expect(tries.map(({ body }) => body)).toEqual([
      { name: "Production", tags: ["env:prod"] },
      { name: "Production", tags: ["env:prod"] },
    ]);
  });

  it("leaves everything as it was when it is not given", async () => {
    const calls = server();
    const done = vi.fn();
    await renderPage(
      <>
        <GroupDialog onDone={done} onClose={done} />
        <StepUp />
      </>,
      account({}),
    );
    await userEvent.type(screen.getByTestId("group-name"), "Production");
    await userEvent.type(screen.getByTestId("group-tags"), "env:prod");
    await userEvent.click(screen.getByTestId("group-save"));

    await userEvent.click(await screen.findByTestId("step-up-cancel"));

    await waitFor(() => expect(screen.getByTestId("group-save").ariaDisabled).toBeNull());
    expect(screen.getByTestId<HTMLInputElement>("group-name").value).toBe("Production");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(done).not.toHaveBeenCalled();
    expect(calls.filter(({ path }) => path === "/groups")).toHaveLength(1);
  });

  it("can be a recovery code", async () => {
    const calls = server();
    await renderPage(
      <>
        <GroupDialog onDone={() => undefined} onClose={() => undefined} />
        <StepUp />
      </>,
      account({}),
    );
    await userEvent.type(screen.getByTestId("group-name"), "Production");
    await userEvent.type(screen.getByTestId("group-tags"), "env:prod");
    await userEvent.click(screen.getByTestId("group-save"));

    await userEvent.click(await screen.findByTestId("step-up-use-recovery_code"));
    await userEvent.type(screen.getByTestId("step-up-recovery"), "aaaaa-bbbbb");
    await userEvent.click(screen.getByTestId("step-up-finish"));

    expect(await screen.findByText(/none of your unused recovery codes/)).toBeTruthy();
    expect(calls.at(-1)?.body).toEqual({ factor: "recovery_code", code: "aaaaa-bbbbb" });
  });
});
