import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AllowedNetwork } from "../api/accountTypes";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { AllowedNetworks } from "./AllowedNetworks";

afterEach(() => void vi.unstubAllGlobals());

describe("allowed networks", () => {
  it("says that the tenant is open while there is none, and warns before the first", async () => {
    answerWith({ "GET /allowed-networks": () => list([]) });
    await renderPage(<AllowedNetworks />, account({}));

    expect((await screen.findByTestId("networks-empty")).textContent).toContain("Usable from everywhere");
    await userEvent.click(screen.getByTestId("network-new"));

    expect(screen.getByText(/everybody on other networks is shut out/)).toBeTruthy();
  });

  it("marks the network that lets this browser in", async () => {
    answerWith({
      "GET /allowed-networks": () =>
        list([network({ id: "1", cidr: "203.0.113.0/24" }), network({ id: "2", cidr: "10.0.0.0/8" })]),
    });
    await renderPage(<AllowedNetworks />, account({}));

    const [mine, other] = await screen.findAllByTestId("network-row");
    expect(mine && within(mine).getByText("you")).toBeTruthy();
    expect(other && within(other).queryByText("you")).toBeNull();
    expect(screen.getByTestId("networks-yours").textContent).toContain("which 203.0.113.0/24 allows");
  });

  it("allows the own address by one click", async () => {
    const calls = answerWith({
      "GET /allowed-networks": () => list([network({})]),
      "POST /allowed-networks": () => network({ id: "2" }),
    });
    await renderPage(<AllowedNetworks />, account({ name: "owner" }));
    await userEvent.click(await screen.findByTestId("network-new"));

    await userEvent.click(screen.getByTestId("network-allow-mine"));

    await waitFor(() => expect(screen.queryByTestId("network-new-dialog")).toBeNull());
    const post = calls.find(({ method }) => method === "POST");
    expect(post?.body).toEqual({ cidr: "203.0.113.7", description: "Where owner was" });
  });

  it("explains a network that is there already, and keeps what was typed", async () => {
    answerWith({
      "GET /allowed-networks": () => list([network({})]),
      "POST /allowed-networks": () => ({ status: 409, code: "network_taken", title: "Taken" }),
    });
    await renderPage(<AllowedNetworks />, account({}));
    await userEvent.click(await screen.findByTestId("network-new"));
    await userEvent.type(screen.getByTestId("network-cidr"), "10.0.0.0/8");

    await userEvent.click(screen.getByTestId("network-add"));

    expect(await screen.findByText(/on the list already/)).toBeTruthy();
    expect(screen.getByTestId<HTMLInputElement>("network-cidr").value).toBe("10.0.0.0/8");
  });

  it("does not let somebody shut themselves out, and says what to do first", async () => {
    answerWith({
      "GET /allowed-networks": () => list([network({})]),
      "PUT /allowed-networks/1": () => ({ status: 409, code: "would_lock_out", title: "No" }),
    });
    await renderPage(<AllowedNetworks />, account({}));
    await userEvent.click(await screen.findByTestId("network-menu"));
    await userEvent.click(screen.getByTestId("network-disable"));

    await userEvent.click(screen.getByTestId("network-disable-dialog-confirm"));

    expect((await screen.findByRole("alert")).textContent).toMatch(/shut yourself out.*Allow it first/);
  });

  it("turns a network off with the version that was seen", async () => {
    const calls = answerWith({
      "GET /allowed-networks": () => list([network({ version: 3 })]),
      "PUT /allowed-networks/1": () => network({}),
    });
    await renderPage(<AllowedNetworks />, account({}));
    await userEvent.click(await screen.findByTestId("network-menu"));
    await userEvent.click(screen.getByTestId("network-disable"));
    expect(screen.getByText(/can then be used from everywhere/)).toBeTruthy();

    await userEvent.click(screen.getByTestId("network-disable-dialog-confirm"));

    await waitFor(() => expect(calls.some(({ method }) => method === "PUT")).toBe(true));
    const put = calls.find(({ method }) => method === "PUT");
    expect(put?.body).toEqual({ description: "Office", enabled: false });
    expect(put?.headers.get("If-Match")).toBe('"3"');
  });
});

function list(items: AllowedNetwork[]) {
  return { items, nextCursor: null, yourAddress: "203.0.113.7" };
}

function network(fields: Partial<AllowedNetwork>): AllowedNetwork {
  return {
    ...{ id: "1", cidr: "10.0.0.0/8", description: "Office", enabled: true, createdByName: "owner" },
    ...{ createdAt: "2026-01-01T00:00:00Z", version: 1, ...fields },
  };
}
