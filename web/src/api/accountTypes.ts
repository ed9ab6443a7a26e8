/** The shapes of the own account, and of the networks that a tenant may be used from. */
import type { Ceremony, Factor, TotpOffer } from "./types";

export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface OwnAccount {
  id: string;
  name: string;
  passwordChangedAt: string | null;
  totp: { createdAt: string } | null;
  passkeys: Passkey[];
  recoveryCodesLeft: number;
  stepUp: { freshUntil: string | null; factors: Factor[] };
}

export interface TotpChange extends Ceremony {
  totp: TotpOffer;
}

export interface PasskeyOffer extends Ceremony {
  /** None where the page was opened under a name that passkeys cannot be bound to. */
  publicKey: PublicKeyCredentialCreationOptionsJSON | null;
}

/** A browser that is signed in as this account. */
export interface OwnSession {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string | null;
  userAgent: string | null;
  current: boolean;
}

export interface AllowedNetwork {
  id: string;
  cidr: string;
  description: string;
  enabled: boolean;
  createdByName: string;
  createdAt: string;
  version: number;
}
