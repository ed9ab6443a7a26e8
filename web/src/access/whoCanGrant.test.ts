import { describe, expect, it } from "vitest";
import type { Role } from "../api/accessTypes";
import { account } from "../testing/account";
import { whoCanGrant } from "./whoCanGrant";

const roles: Role[] = [
  { code: "owner", permissions: ["people_read", "tenant_change"], grantable: false },
  { code: "admin", permissions: ["people_read", "tenant_change"], grantable: false },
  { code: "auditor", permissions: ["people_read"], grantable: false },
  { code: "viewer", permissions: ["hosts_read"], grantable: true },
];

describe("whoCanGrant", () => {
  it("names the roles that allow it", () => {
    const words = whoCanGrant("people_read", account({ role: "viewer" }), roles);

    expect(words).toContain("You are a viewer of Harbour Works.");
    expect(words).toContain("owners, admins and auditors see it");
  });

  it("says that it is the scope where the role would do", () => {
    const scoped = account({ role: "admin", scope: { tags: ["env:prod"], groups: [] } });

    expect(whoCanGrant("tenant_change", scoped, roles)).toContain("covers only some of the hosts");
  });

  it("sends those who want the installation's tenants to a platform operator", () => {
    expect(whoCanGrant("platform_tenants", account({}), roles)).toContain("platform operator");
  });

  it("says something while the roles are not known", () => {
    expect(whoCanGrant("people_read", account({ role: "operator" }), undefined)).toContain("An owner can");
  });
});
