import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Person } from "../api/accessTypes";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { InviteDialog } from "./InviteDialog";
import { PeopleList } from "./PeopleList";
import { PersonDialog } from "./PersonDialog";

const admin = account({
  role: "admin",
  permissions: ["own_account", "people_read", "people_invite", "people_change"],
});
const roles = {
  items: [
    { code: "owner", permissions: [], grantable: false },
    { code: "operator", permissions: [], grantable: true },
    { code: "viewer", permissions: [], grantable: true },
  ],
};
const nobody = () => undefined;

afterEach(() => void vi.unstubAllGlobals());

describe("the list of people", () => {
  it("marks the own row and offers nothing on it", async () => {
    answerWith({});
    const people = [person({ isSelf: true, changeable: false }), person({ id: "2", name: "night-shift" })];

    await renderPage(<PeopleList people={people} onChoose={nobody} />, admin);

    expect(screen.getByText("you")).toBeTruthy();
    expect(screen.getAllByTestId("person-menu")).toHaveLength(1);
  });

  it("offers nothing to whoever may only look", async () => {
    answerWith({});

    await renderPage(
      <PeopleList people={[person({})]} onChoose={nobody} />,
      account({ role: "auditor", permissions: ["people_read"] }),
    );

    expect(screen.queryByTestId("person-menu")).toBeNull();
  });
});

describe("the sessions of somebody", () => {
  it("end from their row, and only where there are any", async () => {
    const calls = answerWith({ "DELETE /people/1/sessions": nobody });
    const onChoose = vi.fn();
    await renderPage(
      <>
        <PeopleList
          people={[person({ sessions: 0 }), person({ id: "2", sessions: 2 })]}
          onChoose={onChoose}
        />
        <PersonDialog action="sessions" person={person({ sessions: 2 })} onClose={nobody} />
      </>,
      admin,
    );
    const [without, having] = screen.getAllByTestId("person-menu");
    if (!without || !having) throw new Error("a menu is missing");

    await userEvent.click(without);
    expect(screen.queryByTestId("person-sessions")).toBeNull();
    await userEvent.click(having);
    await userEvent.click(screen.getByTestId("person-sessions"));
    expect(onChoose).toHaveBeenCalledWith("sessions", expect.objectContaining({ id: "2" }));

    expect(screen.getByTestId("person-sessions-dialog").textContent).toMatch(/2.browsers/);
    await userEvent.click(screen.getByTestId("person-sessions-dialog-confirm"));
    await waitFor(() => expect(calls.some(({ method }) => method === "DELETE")).toBe(true));
  });
});

describe("changing a role", () => {
  it("offers only roles that the asker may give, and sends the version that was seen", async () => {
    const calls = answerWith({
      "GET /roles": () => roles,
      "GET /groups": () => ({ items: [{ id: "g", name: "Production", tags: ["env:prod"] }] }),
      "PUT /people/1": () => person({}),
    });
    await renderPage(<PersonDialog action="role" person={person({})} onClose={nobody} />, admin);

    await userEvent.click(await screen.findByTestId("role-viewer"));
    await userEvent.click(screen.getByTestId("scope-some"));
    expect(screen.queryByTestId("role-owner")).toBeNull();
    expect(screen.getByTestId("role-save")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByTestId("scope-tags"), "site:ams, env:prod");
    await userEvent.click(await screen.findByTestId("scope-group-Production"));
    await userEvent.click(screen.getByTestId("role-save"));

    await waitFor(() => expect(calls.some(({ method }) => method === "PUT")).toBe(true));
    const put = calls.find(({ method }) => method === "PUT");
    expect(put?.body).toEqual({ role: "viewer", scope: { tags: ["site:ams", "env:prod"], groups: ["g"] } });
    expect(put?.headers.get("If-Match")).toBe('"7"');
  });

  it.each([
    ["last_owner", 409, /last owner/, /Make somebody else an owner/],
    ["own_account", 409, /Nobody changes their own role/, /Ask another owner or admin/],
    ["beyond_own_role", 403, /more than your own role/, /choose a smaller role/],
  ])("says what %s means and the way out", async (code, status, what, wayOut) => {
    answerWith({
      "GET /roles": () => roles,
      "GET /groups": () => ({ items: [] }),
      "PUT /people/1": () => ({ status, code, title: code }),
    });
    await renderPage(<PersonDialog action="role" person={person({})} onClose={nobody} />, admin);

    await userEvent.click(await screen.findByTestId("role-save"));

    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toMatch(what);
    expect(alert.textContent).toMatch(wayOut);
  });

  it("leads to what is there now when somebody else was faster", async () => {
    const onClose = vi.fn();
    answerWith({
      "GET /roles": () => roles,
      "GET /groups": () => ({ items: [] }),
      "PUT /people/1": () => ({ status: 412, code: "changed_meanwhile", title: "Changed" }),
    });
    await renderPage(<PersonDialog action="role" person={person({})} onClose={onClose} />, admin);

    await userEvent.click(await screen.findByTestId("role-save"));
    await userEvent.click(await screen.findByText("Show what is there now"));

    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe("removing somebody", () => {
  it("waits until the name is typed", async () => {
    const calls = answerWith({ "DELETE /people/1": () => undefined });
    await renderPage(<PersonDialog action="remove" person={person({})} onClose={nobody} />, admin);
    const confirm = screen.getByTestId("person-remove-dialog-confirm");

    await userEvent.type(screen.getByTestId("person-remove-dialog-typed"), "day-shif{Enter}");
    expect(confirm).toHaveProperty("disabled", true);
    expect(calls).toHaveLength(0);
    await userEvent.type(screen.getByTestId("person-remove-dialog-typed"), "t{Enter}");

    await waitFor(() => expect(calls).toHaveLength(1));
  });
});

describe("inviting", () => {
  it("shows the code once, with the link that carries it", async () => {
    const invitation = { note: "Weekend shift", role: "viewer", expiresAt: "2026-01-04T00:00:00Z" };
    const calls = answerWith({
      "GET /roles": () => roles,
      "GET /groups": () => ({ items: [] }),
      "POST /invitations": () => ({ invitation, code: "bhi1_secret" }),
    });
    await renderPage(<InviteDialog onClose={nobody} />, admin);

    await userEvent.type(screen.getByTestId("invite-note"), "Weekend shift");
    await screen.findByTestId("role-viewer");
    await userEvent.click(screen.getByTestId("invite-make"));

    expect((await screen.findByTestId("invite-code")).textContent).toBe("bhi1_secret");
    expect(screen.getByTestId("invite-link-copy")).toBeTruthy();
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({
      ...{ note: "Weekend shift", role: "viewer", scope: null, expiresInHours: 72 },
    });
  });

  it("gives no more hosts than the asker has", async () => {
    answerWith({
      "GET /roles": () => roles,
      "GET /groups": () => ({
        items: [
          { id: "a", name: "Mine", tags: ["env:prod"] },
          { id: "b", name: "Others", tags: ["env:test"] },
        ],
      }),
    });

    await renderPage(
      <InviteDialog onClose={nobody} />,
      account({ ...admin, scope: { tags: ["env:prod", "site:ams"], groups: [] } }),
    );

    expect(await screen.findByTestId("scope-group-Mine")).toBeTruthy();
    expect(screen.queryByTestId("scope-group-Others")).toBeNull();
    expect(screen.getByTestId("scope-all")).toHaveProperty("disabled", true);
    expect(screen.getByTestId("scope-tag-site:ams")).toHaveProperty("checked", true);
  });
});

function person(fields: Partial<Person>): Person {
  return {
    ...{ id: "1", name: "day-shift", role: "operator", scope: null, platform: false, state: "active" },
    ...{ suspendedAt: null, createdAt: "2026-01-01T00:00:00Z", lastSignInAt: null, factors: ["totp"] },
    ...{ sessions: 1, version: 7, isSelf: false, changeable: true },
    ...fields,
  };
}
