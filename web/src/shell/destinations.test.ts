import { describe, expect, it } from "vitest";
import { account } from "../testing/account";
import { destinationsOf } from "./destinations";

const labels = (permissions: Parameters<typeof account>[0]["permissions"]) =>
  destinationsOf(account(permissions ? { role: "owner", permissions } : {})).map(({ label }) => label);

describe("the navigation", () => {
  it("shows what the permissions allow, whatever the role is called", () => {
    expect(labels(["own_account", "hosts_read"])).toEqual(["Hosts", "API tokens"]);
    expect(labels(["people_read", "platform_tenants"])).toEqual(["People", "Tenants"]);
  });
});
