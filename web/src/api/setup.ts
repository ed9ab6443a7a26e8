import { request } from "./client";
import type { Ceremony, FactorOffer, PasswordVerdict, SetupDone } from "./types";

export function enterSetupCode(code: string): Promise<Ceremony> {
  return request("POST", "/setup/code", { body: { code } });
}

export function checkPassword(password: string, name: string, signal: AbortSignal): Promise<PasswordVerdict> {
  return request("POST", "/setup/password-check", { body: { password, name }, signal });
}

export interface NewOwner {
  name: string;
  password: string;
  tenantName: string;
}

export function createOwner({ ceremony }: Ceremony, owner: NewOwner): Promise<FactorOffer> {
  return request("POST", "/setup/account", { body: { ceremony, ...owner } });
}

export function finishWithApp(ceremony: string, code: string): Promise<SetupDone> {
  return request("POST", "/setup/finish", { body: { ceremony, factor: "totp", code } });
}

export function finishWithPasskey(
  ceremony: string,
  credential: RegistrationResponseJSON,
): Promise<SetupDone> {
  return request("POST", "/setup/finish", { body: { ceremony, factor: "passkey", credential } });
}
