import type { FactorOffer, PasswordVerdict, SetupDone } from "../api/types";

export interface NewAccount {
  name: string;
  password: string;
  /** Asked for only where the account brings a tenant with it. */
  tenantName: string;
}

/** A way to become somebody here: the setup code, or an invitation. Both lead through the same steps. */
export interface Entrance {
  checkPassword: (password: string, name: string, signal: AbortSignal) => Promise<PasswordVerdict>;
  createAccount: (ceremony: string, account: NewAccount) => Promise<FactorOffer>;
  finishWithApp: (ceremony: string, code: string) => Promise<SetupDone>;
  finishWithPasskey: (ceremony: string, credential: RegistrationResponseJSON) => Promise<SetupDone>;
  /** Whether the account comes with a new tenant, which then needs a name. */
  makesTenant: boolean;
  /** The way back to the first step, in words. */
  restart: string;
}
