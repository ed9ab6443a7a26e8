import { queryOptions } from "@tanstack/react-query";
import { rememberSession, request } from "./client";
import type { Ceremony, FactorChallenge, PasskeyChallenge, Session } from "./types";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }) => rememberSession(await request<Session>("GET", "/session", { signal })),
  staleTime: Infinity,
  gcTime: Infinity,
});

export function signInWithPassword(name: string, password: string): Promise<FactorChallenge> {
  return request("POST", "/session/password", { body: { name, password } });
}

export async function signInWithCode(
  kind: "totp" | "recovery",
  { ceremony }: Ceremony,
  code: string,
): Promise<Session> {
  return rememberSession(await request<Session>("POST", `/session/${kind}`, { body: { ceremony, code } }));
}

export function passkeyChallenge(): Promise<PasskeyChallenge> {
  return request("POST", "/session/passkey/options", { body: {} });
}

export async function signInWithPasskey(
  ceremony: string,
  credential: AuthenticationResponseJSON,
): Promise<Session> {
  const body = { ceremony, credential };
  return rememberSession(await request<Session>("POST", "/session/passkey", { body }));
}

export function signOut(): Promise<void> {
  return request("DELETE", "/session");
}
