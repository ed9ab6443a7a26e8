import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { NewTokenDialog } from "./NewTokenDialog";

afterEach(() => void vi.unstubAllGlobals());

describe("a new token", () => {
  it("can do no more than its owner, and something at least", async () => {
    const calls = answerWith({
      "POST /tokens": () => ({ token: { name: "report" }, value: "bhk_1_secret" }),
    });
    await renderPage(<NewTokenDialog onClose={() => undefined} />, account({}));
    expect(screen.queryByTestId("scope-people_read")).toBeNull();
    expect(screen.queryByTestId("scope-own_account")).toBeNull();
    expect(screen.getByTestId("token-make")).toHaveProperty("disabled", true);

    await userEvent.type(screen.getByTestId("token-name"), "report");
    await userEvent.click(screen.getByTestId("scope-hosts_read"));
    await userEvent.type(screen.getByTestId("token-networks"), "10.4.0.0/16 2001:db8::/32");
    await userEvent.selectOptions(screen.getByTestId("token-lifetime"), "never");
    await userEvent.click(screen.getByTestId("token-make"));

    expect((await screen.findByTestId("token-value")).textContent).toBe("bhk_1_secret");
    expect(calls.at(-1)?.body).toEqual({
      ...{ name: "report", scopes: ["hosts_read"], expiresInDays: null },
      networks: ["10.4.0.0/16", "2001:db8::/32"],
    });
  });

  it("of a service account can do what its role can", async () => {
    answerWith({
      "GET /service-accounts": () => ({ items: [{ id: "s", name: "deployment", role: "operator" }] }),
      "GET /roles": () => ({ items: [{ code: "operator", permissions: ["hosts_enrol"], grantable: true }] }),
    });
    await renderPage(
      <NewTokenDialog onClose={() => undefined} />,
      account({ permissions: ["own_account", "hosts_read", "tokens_manage"] }),
    );

    await userEvent.selectOptions(await screen.findByTestId("token-owner"), "s");

    expect(screen.getByTestId("scope-hosts_enrol")).toBeTruthy();
    expect(screen.queryByTestId("scope-hosts_read")).toBeNull();
  });
});
