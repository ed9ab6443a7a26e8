import { sha256, toBase64Url, type Bytes } from "../api/bytes";

export interface JoinSecret {
  secret: Bytes;
  /** All that the server learns: SHA-256 of the key that lets a host enrol, as base64url. */
  digest: string;
}

export async function makeJoinSecret(secret: Bytes = randomSecret()): Promise<JoinSecret> {
  const enrolKey = await deriveKey(secret, "bulkhead/join/enrol/1");
  return { secret, digest: toBase64Url(await sha256(enrolKey)) };
}

function randomSecret(): Bytes {
  return crypto.getRandomValues(new Uint8Array(32));
}

/** HKDF-SHA256 without salt; the same derivation as the agent's. */
export async function deriveKey(secret: Bytes, info: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const algorithm = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(0),
    info: new TextEncoder().encode(info),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
}
