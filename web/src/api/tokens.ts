import { queryOptions } from "@tanstack/react-query";
import type { MadeToken, NewToken, ServiceAccount, Token } from "./accessTypes";
import { request } from "./client";
import { pagesQuery } from "./pages";
import type { Page, RoleCode, ScopeChoice } from "./types";

export const tokensKey = ["tokens"] as const;

export function tokensQuery(query: string | undefined) {
  return pagesQuery<Token>(tokensKey, "/tokens", { query });
}

export function createToken(token: NewToken): Promise<MadeToken> {
  return request("POST", "/tokens", { body: token });
}

export function updateToken(
  token: Token,
  fields: Partial<{ name: string; enabled: boolean; networks: string[] }>,
): Promise<Token> {
  const { id, name, networks, state, version } = token;
  const body = { name, networks, enabled: state !== "disabled", ...fields };
  return request("PUT", `/tokens/${encodeURIComponent(id)}`, { body, version });
}

export function deleteToken(token: Token): Promise<void> {
  return request("DELETE", `/tokens/${encodeURIComponent(token.id)}`);
}

export const serviceAccountsQuery = queryOptions({
  queryKey: ["service-accounts"],
  queryFn: async ({ signal }) =>
    (await request<Page<ServiceAccount>>("GET", "/service-accounts?limit=1000", { signal })).items,
});

export interface ServiceAccountFields {
  name: string;
  role: RoleCode;
  scope: ScopeChoice;
}

export function createServiceAccount(fields: ServiceAccountFields): Promise<ServiceAccount> {
  return request("POST", "/service-accounts", { body: fields });
}

export function updateServiceAccount(
  account: ServiceAccount,
  fields: ServiceAccountFields,
): Promise<ServiceAccount> {
  return request("PUT", path(account), { body: fields, version: account.version });
}

/** Deletes its tokens with it. */
export function deleteServiceAccount(account: ServiceAccount): Promise<void> {
  return request("DELETE", path(account));
}

function path(account: ServiceAccount): string {
  return `/service-accounts/${encodeURIComponent(account.id)}`;
}
