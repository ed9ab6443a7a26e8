import type { Entrance } from "../identity/entrance";
import { request } from "./client";
import type { Ceremony } from "./types";

export function enterSetupCode(code: string): Promise<Ceremony> {
  return request("POST", "/setup/code", { body: { code } });
}

/** The first owner's way in. */
export const setupEntrance: Entrance = {
  checkPassword: (password, name, signal) =>
    request("POST", "/setup/password-check", { body: { password, name }, signal }),
  createAccount: (ceremony, account) => request("POST", "/setup/account", { body: { ceremony, ...account } }),
  finishWithApp: (ceremony, code) =>
    request("POST", "/setup/finish", { body: { ceremony, factor: "totp", code } }),
  finishWithPasskey: (ceremony, credential) =>
    request("POST", "/setup/finish", { body: { ceremony, factor: "passkey", credential } }),
  makesTenant: true,
  restart: "Enter the setup code again",
};
