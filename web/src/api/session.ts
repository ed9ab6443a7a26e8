import { queryOptions } from "@tanstack/react-query";
import { ApiError, remember, request } from "./client";
import type {
  Account,
  Ceremony,
  FactorChallenge,
  Installation,
  OpenSession,
  PasskeyChallenge,
  SetupState,
} from "./types";

export interface SignedIn {
  state: "signed_in";
  installation: Installation;
  account: Account;
}

/** Where this browser stands with the installation. */
export type Session = SignedIn | { state: "setup_required" | "signed_out"; installation: Installation };

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => findSession(signal),
  staleTime: Infinity,
  gcTime: Infinity,
});

async function findSession(signal: AbortSignal): Promise<Session> {
  const { state, installation } = remember(await request<SetupState>("GET", "/setup", { signal }));
  if (state === "required") return { state: "setup_required", installation };
  try {
    return signedIn(
      installation,
      await request<OpenSession>("GET", "/session", { signal, asksForSession: true }),
    );
  } catch (error) {
    if (error instanceof ApiError && error.code === "unauthenticated")
      return { state: "signed_out", installation };
    throw error;
  }
}

/** The session that an answer of the server has opened. */
export function signedIn(installation: Installation, answer: OpenSession): SignedIn {
  return { state: "signed_in", installation, account: remember(answer).account };
}

export function signInWithPassword(name: string, password: string): Promise<FactorChallenge> {
  return request("POST", "/session/password", { body: { name, password } });
}

export function signInWithCode(
  kind: "totp" | "recovery",
  { ceremony }: Ceremony,
  code: string,
): Promise<OpenSession> {
  return request("POST", `/session/${kind}`, { body: { ceremony, code } });
}

export function passkeyChallenge(): Promise<PasskeyChallenge> {
  return request("POST", "/session/passkey/options", { body: {} });
}

export function signInWithPasskey(
  ceremony: string,
  credential: AuthenticationResponseJSON,
): Promise<OpenSession> {
  return request("POST", "/session/passkey", { body: { ceremony, credential } });
}

export function signOut(): Promise<void> {
  return request("DELETE", "/session");
}
