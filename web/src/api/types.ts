/** The shapes that the server's API speaks. One file, so that it can be generated from the OpenAPI document. */

export interface FieldError {
  field: string;
  message: string;
}

export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  errors?: FieldError[];
  /** With `step_up_required`: what this account can confirm with. */
  factors?: Factor[];
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type RoleCode = "owner" | "admin" | "operator" | "viewer" | "auditor";

export type Permission =
  | "own_account"
  | "api_read"
  | "hosts_read"
  | "hosts_change"
  | "hosts_enrol"
  | "audit_read"
  | "people_read"
  | "people_invite"
  | "people_change"
  | "tokens_manage"
  | "tenant_read"
  | "tenant_change"
  | "tenant_export"
  | "tenant_delete"
  | "platform_tenants";

/** The hosts that somebody's role is about: those with one of the tags, a group's included. Null is every host. */
export type Scope = { tags: string[]; groups: { id: string; name: string }[] } | null;

/** A scope as it is sent: groups by their ids. */
export type ScopeChoice = { tags: string[]; groups: string[] } | null;

export interface Account {
  id: string;
  name: string;
  tenantId: string;
  tenantName: string;
  role: RoleCode;
  platform: boolean;
  scope: Scope;
  /** What this account may do now. Pages show and hide by these alone. */
  permissions: Permission[];
}

export interface Installation {
  id: string;
  name: string;
  version: string;
}

export interface SetupState {
  state: "required" | "done";
  csrfToken: string;
  installation: Installation;
}

export interface OpenSession {
  csrfToken: string;
  account: Account;
  expiresAt: string;
  idleExpiresAt: string;
}

export interface Ceremony {
  ceremony: string;
}

export type PasswordReason = "too_short" | "too_long" | "common" | "guessable" | "contains_name";

export interface PasswordVerdict {
  score: number;
  accepted: boolean;
  reason: PasswordReason | null;
  hint: string | null;
}

export interface TotpOffer {
  secret: string;
  otpauthUri: string;
  qrSvg: string;
}

export interface FactorOffer extends Ceremony {
  totp: TotpOffer;
  /** None where the page was opened under a name that passkeys cannot be bound to. */
  passkey: { publicKey: PublicKeyCredentialCreationOptionsJSON } | null;
}

export interface SetupDone {
  recoveryCodes: string[];
  session: OpenSession;
}

export type Factor = "totp" | "passkey" | "recovery_code";

export interface FactorChallenge extends Ceremony {
  factors: Factor[];
}

export interface PasskeyChallenge extends Ceremony {
  publicKey: PublicKeyCredentialRequestOptionsJSON;
}

export type HostState = "up" | "late" | "down" | "pending";

export interface Figures {
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  load1: number | null;
  networkReceive: number | null;
  networkTransmit: number | null;
  at: string | null;
}

export interface Host {
  id: string;
  name: string;
  hostname: string;
  state: HostState;
  stateSince: string;
  lastSeenAt: string | null;
  joinedAt: string;
  kind: "agent" | "foreign";
  os: string | null;
  kernel: string | null;
  architecture: string | null;
  agentVersion: string | null;
  tags: string[];
  deviceFingerprint: string | null;
  remoteAddress: string | null;
  protectedFromServer: boolean;
  mode: string;
  bootedAt: string | null;
  figures: Figures | null;
  spark: { cpu: (number | null)[]; memory: (number | null)[] } | null;
  counters: { messagesRefused: number; identityConflicts: number; samplesLeftOut: number } | null;
}

export type Totals = Record<HostState | "all", number>;

export interface HostPage extends Page<Host> {
  totals: Totals;
}

export type HostSort = "name" | "-name" | "state" | "cpu" | "-cpu" | "memory" | "-memory" | "lastSeen";

export type HistoryRange = "hour" | "day" | "week" | "month";

export type Attributes = Record<string, string>;

/** Epoch milliseconds, mean, smallest, largest. */
export type HistoryPoint = [number, number | null, number | null, number | null];

export interface HistorySeries {
  attributes: Attributes;
  points: HistoryPoint[];
}

export interface History {
  metric: string;
  unit: string;
  from: string;
  to: string;
  stepSeconds: number;
  series: HistorySeries[];
}

export interface Process {
  pid: number;
  name: string;
  user: string | null;
  /** Cores' worth of time: 1 is one core kept busy. */
  cpu: number | null;
  memoryBytes: number | null;
  threads: number | null;
  state: string | null;
  startedAt: string | null;
}

export interface ProcessList {
  at: string | null;
  items: Process[];
}

export interface JoinOffer {
  id: string;
  expiresAt: string;
  link: { addresses: string[]; loopbackOnly: boolean; caFingerprint: string };
  tenant: string;
  version: number;
}

export type JoinFailureCause = "expired" | "used" | "clock_off" | "refused" | "bad_request";

export interface JoinStatus {
  id: string;
  state: "waiting" | "joined" | "failed" | "expired";
  host?: { id: string; name: string; deviceFingerprint: string } | null;
  failure?: { cause: JoinFailureCause; remedy: string; at: string } | null;
  expiresAt: string;
}

export type HostChange = Pick<Host, "id"> &
  Partial<Pick<Host, "name" | "state" | "stateSince" | "lastSeenAt" | "figures" | "tags">>;

export interface HostsEvent {
  changed: HostChange[];
  removed: string[];
}

export interface Sample {
  name: string;
  attributes: Attributes;
  value: number;
}

export interface SampleEvent {
  host: string;
  at: number;
  metrics: Sample[];
}
