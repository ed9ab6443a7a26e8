/** The shapes of people, tenants and tokens: who may do what. */
import type { Permission, RoleCode, Scope, ScopeChoice } from "./types";

export interface Role {
  code: RoleCode;
  permissions: Permission[];
  /** Whether the asker may give it. */
  grantable: boolean;
}

export interface Person {
  id: string;
  name: string;
  role: RoleCode;
  scope: Scope;
  platform: boolean;
  state: "active" | "suspended";
  suspendedAt: string | null;
  createdAt: string;
  lastSignInAt: string | null;
  factors: string[];
  sessions: number;
  version: number;
  isSelf: boolean;
  /** Whether the asker may change it. */
  changeable: boolean;
}

export interface Invitation {
  id: string;
  note: string;
  role: RoleCode;
  scope: Scope;
  createdByName: string;
  createdAt: string;
  expiresAt: string;
  state: "open" | "accepted" | "expired" | "revoked";
  acceptedAt: string | null;
  acceptedByName: string | null;
}

export interface NewInvitation {
  note: string;
  role: RoleCode;
  scope: ScopeChoice;
  expiresInHours: number;
}

/** The one answer that carries the code. */
export interface MadeInvitation {
  invitation: Invitation;
  code: string;
}

/** What the holder of a code is told before they have a name. */
export interface InvitationOffer {
  ceremony: string;
  tenantName: string;
  role: RoleCode;
  note: string;
  invitedBy: string;
}

export interface HostGroup {
  id: string;
  name: string;
  tags: string[];
  hosts: number;
  version: number;
}

export interface OwnTenant {
  id: string;
  name: string;
  slug: string;
  createdAt: string;
  version: number;
  counts: { people: number; hosts: number; groups: number };
}

export interface Tenant {
  id: string;
  name: string;
  slug: string;
  createdAt: string;
  state: "active" | "deleted";
  deletedAt: string | null;
  purgeAt: string | null;
  people: number;
  hosts: number;
  isOwn: boolean;
}

export interface MadeTenant extends MadeInvitation {
  tenant: Tenant;
}

export interface Token {
  id: string;
  name: string;
  owner: { kind: "person" | "service"; id: string; name: string };
  scopes: Permission[];
  /** Address ranges it works from; none means anywhere. */
  networks: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedAddress: string | null;
  state: "active" | "disabled" | "expired";
  version: number;
}

export interface NewToken {
  name: string;
  scopes: Permission[];
  networks: string[];
  expiresInDays: number | null;
  serviceAccount?: string;
}

/** The one answer that carries the token's value. */
export interface MadeToken {
  token: Token;
  value: string;
}

/** A program with a role of its own, whoever made it. */
export interface ServiceAccount {
  id: string;
  name: string;
  role: RoleCode;
  scope: Scope;
  createdAt: string;
  version: number;
}
