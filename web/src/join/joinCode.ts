import { concat, fromBase64Url, sha256, toBase64Url, uuidBytes, type Bytes } from "../api/bytes";

const prefix = "bhj1_";
const formatVersion = 1;
const checkLength = 4;
const maxAddresses = 8;
/** Tenants have no roster yet: its place is kept. */
const noRoster = new Uint8Array(32);

export interface JoinCodeParts {
  tenant: string;
  /** SHA-256 of the CA certificate, as base64url. */
  caFingerprint: string;
  secret: Bytes;
  joinId: string;
  addresses: readonly string[];
}

/** The one string that a host needs to join: where, whom to trust, and the secret. */
export async function writeJoinCode(parts: JoinCodeParts): Promise<string> {
  const body = concat(
    Uint8Array.of(formatVersion),
    uuidBytes(parts.tenant),
    exactly(32, "CA fingerprint", fromBase64Url(parts.caFingerprint)),
    noRoster,
    exactly(32, "secret", parts.secret),
    uuidBytes(parts.joinId),
    ...writeAddresses(parts.addresses),
  );
  const check = (await sha256(body)).slice(0, checkLength);
  return prefix + toBase64Url(concat(body, check));
}

function writeAddresses(addresses: readonly string[]): Bytes[] {
  if (addresses.length === 0) throw new Error("The server named no address for agents");
  const used = addresses.slice(0, maxAddresses);
  const texts = used.map((address) => {
    const text = new TextEncoder().encode(address);
    if (text.length > 255) throw new Error(`${address} is too long for a join code`);
    return concat(Uint8Array.of(text.length), text);
  });
  return [Uint8Array.of(used.length), ...texts];
}

function exactly(length: number, what: string, bytes: Bytes): Bytes {
  if (bytes.length !== length) throw new Error(`The ${what} has ${bytes.length} bytes, not ${length}`);
  return bytes;
}
