import type { Entrance } from "../identity/entrance";
import type { Invitation, InvitationOffer, MadeInvitation, NewInvitation } from "./accessTypes";
import { request } from "./client";
import { pagesQuery } from "./pages";

export const invitationsKey = ["invitations"] as const;

export const invitationsQuery = pagesQuery<Invitation>(invitationsKey, "/invitations");

export function invite(invitation: NewInvitation): Promise<MadeInvitation> {
  return request("POST", "/invitations", { body: invitation });
}

export function revokeInvitation(id: string): Promise<void> {
  return request("DELETE", `/invitations/${encodeURIComponent(id)}`);
}

export function enterInvitationCode(code: string): Promise<InvitationOffer> {
  return request("POST", "/invitation/code", { body: { code } });
}

/** The way in of whoever holds an invitation's code. */
export const invitationEntrance: Entrance = {
  checkPassword: (password, name, signal) =>
    request("POST", "/invitation/password-check", { body: { password, name }, signal }),
  createAccount: (ceremony, { name, password }) =>
    request("POST", "/invitation/account", { body: { ceremony, name, password } }),
  finishWithApp: (ceremony, code) =>
    request("POST", "/invitation/finish", { body: { ceremony, factor: "totp", code } }),
  finishWithPasskey: (ceremony, credential) =>
    request("POST", "/invitation/finish", { body: { ceremony, factor: "passkey", credential } }),
  makesTenant: false,
  restart: "Enter the code again",
};
