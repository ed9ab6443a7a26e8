import { askForPasskey } from "../api/passkey";
import { passkeyChallenge, signInWithPasskey } from "../api/session";
import type { OpenSession } from "../api/types";

/** A passkey says who it is for, so it signs in alone or after a name and password alike. */
export async function passkeySignIn(): Promise<OpenSession> {
  const { ceremony, publicKey } = await passkeyChallenge();
  return signInWithPasskey(ceremony, await askForPasskey(publicKey));
}
