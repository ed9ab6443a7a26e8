import { queryOptions } from "@tanstack/react-query";
import type { OwnAccount, OwnSession, Passkey, PasskeyOffer, TotpChange } from "./accountTypes";
import { request } from "./client";
import { askForPasskey, createPasskey, PasskeyError } from "./passkey";
import type { PasskeyChallenge, PasswordVerdict } from "./types";

export const ownAccountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: ({ signal }) => request<OwnAccount>("GET", "/account", { signal }),
});

export const ownSessionsQuery = queryOptions({
  queryKey: ["account-sessions"],
  queryFn: async ({ signal }) =>
    (await request<{ items: OwnSession[] }>("GET", "/account/sessions", { signal })).items,
});

/** The meter that newcomers have: it is open to everybody. */
export function checkPassword(password: string, name: string, signal: AbortSignal): Promise<PasswordVerdict> {
  return request("POST", "/invitation/password-check", { body: { password, name }, signal });
}

/** Ends all other sessions. */
export function changePassword(current: string, password: string): Promise<void> {
  return request("PUT", "/account/password", { body: { current, password } });
}

export function offerApp(): Promise<TotpChange> {
  return request("POST", "/account/totp/offer", { body: {} });
}

/** Replaces the app that there was. */
export function confirmApp(ceremony: string, code: string): Promise<OwnAccount> {
  return request("POST", "/account/totp", { body: { ceremony, code } });
}

export function removeApp(): Promise<OwnAccount> {
  return request("DELETE", "/account/totp");
}

const needsName = "Passkeys need this page under a name, such as localhost, not an address.";

/** Asks the browser for a new passkey, and keeps it under the name. */
export async function addPasskey(name: string): Promise<OwnAccount> {
  const { ceremony, publicKey } = await request<PasskeyOffer>("POST", "/account/passkeys/offer", {
    body: {},
  });
  if (!publicKey) throw new PasskeyError(needsName);
  const credential = await createPasskey(publicKey);
  return request("POST", "/account/passkeys", { body: { ceremony, name, credential } });
}

export function renamePasskey({ id }: Passkey, name: string): Promise<unknown> {
  return request("PUT", `/account/passkeys/${encodeURIComponent(id)}`, { body: { name } });
}

export function removePasskey({ id }: Passkey): Promise<unknown> {
  return request("DELETE", `/account/passkeys/${encodeURIComponent(id)}`);
}

/** The old ones stop working. */
export async function renewRecoveryCodes(): Promise<string[]> {
  return (await request<{ recoveryCodes: string[] }>("POST", "/account/recovery-codes", { body: {} }))
    .recoveryCodes;
}

export function endOwnSession({ id }: OwnSession): Promise<void> {
  return request("DELETE", `/account/sessions/${encodeURIComponent(id)}`);
}

export function endOtherSessions(): Promise<void> {
  return request("DELETE", "/account/sessions");
}

export function stepUpWithCode(factor: "totp" | "recovery_code", code: string): Promise<unknown> {
  return request("POST", "/account/step-up", { body: { factor, code } });
}

export async function stepUpWithPasskey(): Promise<unknown> {
  const { ceremony, publicKey } = await request<PasskeyChallenge>(
    "POST",
    "/account/step-up/passkey/options",
    { body: {} },
  );
  const credential = await askForPasskey(publicKey);
  return request("POST", "/account/step-up", { body: { ceremony, factor: "passkey", credential } });
}
