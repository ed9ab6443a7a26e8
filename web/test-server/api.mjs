// The contract of the API, played by one process without a database.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createAccount } from "./account.mjs";
import { createAccess, permissionsOf, refuseWithout } from "./access.mjs";
import { createHost, historyOf, moveHosts, processes, sampleAt } from "./fleet.mjs";
import { answer, openStream, readBody, Refusal } from "./http.mjs";
import { createNetworks } from "./networks.mjs";
import { createPrograms } from "./programs.mjs";
import { createTenancy } from "./tenancy.mjs";

const tenant = "5b0f6c1e-9a57-4a6e-8d0b-3f2d8a7c1e90";
const setupCode = "mock-setup-code";
const iso = (time) => new Date(time).toISOString();

export function createApi({ hosts: count, state: first, loopbackOnly, role, scope, platform, empty }) {
  let state = { setup: "setup_required", "signed-out": "signed_out", "signed-in": "signed_in" }[first];
  let token = randomBytes(16).toString("hex");
  const hosts = Array.from({ length: count }, (_, index) => createHost(index));
  const world = {
    hosts,
    groups: [],
    tenant: {
      ...{ id: tenant, name: "Harbour Works", slug: "main", version: 1 },
      createdAt: iso(Date.now() - 120 * 86_400_000),
    },
  };
  const demo = first !== "setup" && !empty;
  const access = createAccess(world, {
    demo,
    account: { name: role === "owner" ? "owner" : `the-${role}`, role, scope, platform },
  });
  const end = () => {
    state = "signed_out";
    streams.forEach((stream) => stream.end());
  };
  const tenancy = createTenancy(world, access, { demo, onEnd: end });
  const programs = createPrograms(access, { demo });
  const networks = createNetworks(access, { demo });
  const account = createAccount(access, { demo, totp, passkeyOptions, recoveryCodes });
  let accepting;
  let newcomer;
  let joinTags = [];
  const joins = new Map();
  const streams = new Set();
  let failing = null;
  let limitedUntil = 0;

  setInterval(() => {
    const changed = moveHosts(hosts, Math.max(10, hosts.length / 10));
    const subset = changed.map(({ id, name, state: now, stateSince, lastSeenAt, figures, tags }) => ({
      ...{ id, name, state: now, stateSince, lastSeenAt, figures, tags },
    }));
    for (const stream of streams) {
      stream.tell("hosts", { changed: subset, removed: [] });
      const at = Date.now();
      if (stream.host) stream.tell("sample", { host: stream.host, at, metrics: sampleAt(at) });
    }
  }, 1_000);
  setInterval(() => streams.forEach((stream) => stream.tell("ping", {})), 15_000);

  const session = (person = access.me) => ({
    csrfToken: token,
    account: {
      ...{ id: person.id, name: person.name, tenantId: tenant, tenantName: world.tenant.name },
      ...{ role: person.role, platform: person.platform, scope: access.scopeView(person.scope) },
      permissions: permissionsOf(person),
    },
    expiresAt: iso(Date.now() + 12 * 3_600_000),
    idleExpiresAt: iso(Date.now() + 3_600_000),
  });
  /** The hosts that whoever is signed in may know of. */
  const visible = () => {
    const tags = access.tagsOf(access.me.scope);
    return tags ? hosts.filter((host) => host.tags.some((tag) => tags.includes(tag))) : hosts;
  };
  const signIn = () => {
    state = "signed_in";
    token = randomBytes(16).toString("hex");
  };
  const find = (id) => {
    const host = visible().find((one) => one.id === id);
    if (!host) throw new Refusal(404, "not_found", "There is no such host");
    return host;
  };
  const join = (id) => {
    const one = joins.get(id);
    if (!one) throw new Refusal(404, "not_found", "There is no such join code");
    if (one.state === "waiting" && Date.parse(one.expiresAt) < Date.now()) one.state = "expired";
    return one;
  };

  const findOpen = (wanted) => {
    const one = access.invitations.find(wanted);
    const open = one && !one.revokedAt && !one.acceptedAt && Date.parse(one.expiresAt) > Date.now();
    if (!open) throw new Refusal(403, "invitation_wrong", "This invitation does not work");
    return one;
  };
  const refuseTaken = (name) => {
    if (access.people.every((one) => one.name !== name)) return;
    throw new Refusal(409, "name_taken", "This name is taken", "Somebody else has it.");
  };

  const refuseWhileLimited = () => {
    const seconds = Math.ceil((limitedUntil - Date.now()) / 1_000);
    if (seconds <= 0) return;
    throw new Refusal(
      429,
      "rate_limited",
      "Too many attempts",
      `Wait ${seconds} s before the next attempt.`,
      {
        headers: { "Retry-After": String(seconds) },
      },
    );
  };

  const open = {
    "GET /setup": () => ({
      state: state === "setup_required" ? "required" : "done",
      csrfToken: token,
      installation: { id: "7f3a91c2", name: "Bulkhead", version: "0.1.0" },
    }),
    "POST /setup/code": async (request) => {
      const { code } = await readBody(request, ["code"]);
      if (code !== setupCode) {
        const detail = "Look at the terminal in which ./bulkhead up runs.";
        throw new Refusal(403, "setup_code_wrong", "That is not the setup code", detail);
      }
      return { ceremony: "c1" };
    },
    "POST /setup/password-check": async (request) => judge(await readBody(request, ["password", "name"])),
    "POST /setup/account": async (request) => {
      const { name, tenantName } = await readBody(request, ["ceremony", "name", "password", "tenantName"]);
      access.me.name = name;
      world.tenant.name = tenantName;
      return { ceremony: "c2", totp: totp(), passkey: { publicKey: passkeyOptions(name) } };
    },
    "POST /setup/finish": async (request) => {
      const { factor, code } = await readBody(request, ["ceremony", "factor", "code?", "credential?"]);
      if (factor === "totp" && code !== "123456") throw new Refusal(403, "factor_wrong", "Wrong code");
      signIn();
      return { recoveryCodes: recoveryCodes(), session: session() };
    },
    "POST /invitation/code": async (request) => {
      const { code } = await readBody(request, ["code"]);
      accepting = findOpen((one) => one.code === code);
      const { role: given, note, createdByName } = accepting;
      const tenantName = world.tenant.name;
      return { ceremony: "i1", tenantName, role: given, note, invitedBy: createdByName };
    },
    "POST /invitation/password-check": async (request) =>
      judge(await readBody(request, ["password", "name"])),
    "POST /invitation/account": async (request) => {
      const { name } = await readBody(request, ["ceremony", "name", "password"]);
      findOpen((one) => one === accepting);
      refuseTaken(name);
      newcomer = name;
      return { ceremony: "i2", totp: totp(), passkey: { publicKey: passkeyOptions(name) } };
    },
    "POST /invitation/finish": async (request) => {
      const { factor, code } = await readBody(request, ["ceremony", "factor", "code?", "credential?"]);
      findOpen((one) => one === accepting);
      refuseTaken(newcomer);
      if (factor === "totp" && code !== "123456") throw new Refusal(403, "factor_wrong", "Wrong code");
      Object.assign(accepting, { acceptedAt: iso(Date.now()), acceptedByName: newcomer });
      // This browser is theirs from now on.
      const { role: given, scope: over } = accepting;
      const before = { ...access.me, id: randomUUID() };
      Object.assign(access.me, { name: newcomer, role: given, scope: over, platform: false, version: 1 });
      access.people.push(before);
      signIn();
      return { recoveryCodes: recoveryCodes(), session: session() };
    },
    "POST /session/password": async (request) => {
      refuseWhileLimited();
      const { password } = await readBody(request, ["name", "password"]);
      if (password === "wrong") {
        throw new Refusal(
          401,
          "sign_in_failed",
          "Name, password or code is wrong",
          "Check them and try again.",
        );
      }
      return { ceremony: "c3", factors: ["totp", "recovery_code"] };
    },
    "POST /session/totp": async (request) => {
      const { code } = await readBody(request, ["ceremony", "code"]);
      if (code !== "123456") {
        throw new Refusal(
          401,
          "sign_in_failed",
          "Name, password or code is wrong",
          "Check them and try again.",
        );
      }
      signIn();
      return session();
    },
    "POST /session/recovery": async (request) => {
      await readBody(request, ["ceremony", "code"]);
      signIn();
      return session();
    },
    "POST /session/passkey/options": () => ({
      ceremony: "c4",
      publicKey: { challenge: "AAAA", rpId: "localhost", userVerification: "required" },
    }),
  };

  const behindSession = {
    "GET /session": () => session(),
    "DELETE /session": () => void (state = "signed_out"),
    ...access.routes,
    ...tenancy.routes,
    ...programs.routes,
    ...networks.routes,
    ...account.routes,
    "GET /hosts": (_, url) => listHosts(visible(), url.searchParams),
    "GET /hosts/:id": (_, url, id) => find(id),
    "PUT /hosts/:id": async (request, url, id) => {
      refuseWithout(access.me, "hosts_change");
      const host = find(id);
      const { name, tags } = await readBody(request, ["name", "tags"]);
      if (hosts.some((one) => one !== host && one.name === name)) {
        throw new Refusal(409, "name_taken", "The name is taken", "Another host has it.");
      }
      if (access.me.scope && tags.join() !== host.tags.join()) {
        throw new Refusal(403, "forbidden", "Your role does not allow this");
      }
      return Object.assign(host, { name, tags });
    },
    "DELETE /hosts/:id": (_, url, id) => void hosts.splice(hosts.indexOf(find(id)), 1),
    "GET /hosts/:id/history": (_, url) =>
      historyOf(url.searchParams.get("metric"), url.searchParams.get("range")),
    "GET /hosts/:id/processes": () => processes(),
    "POST /join-codes": async (request) => {
      refuseWithout(access.me, "hosts_enrol");
      const { tags = [] } = await readBody(request, ["secretDigest", "tags?", "mode?"]);
      const own = access.tagsOf(access.me.scope);
      if (own && !tags.some((tag) => own.includes(tag))) {
        throw new Refusal(400, "validation", "Some fields need another value", undefined, {
          errors: [{ field: "tags", message: "Give it at least one of your tags." }],
        });
      }
      const id = randomUUID();
      const expiresAt = iso(Date.now() + 15 * 60_000);
      joins.set(id, { id, state: "waiting", expiresAt });
      joinTags = tags;
      const addresses = loopbackOnly ? ["127.0.0.1:7443"] : ["fleet.example.org:7443", "10.4.0.1:7443"];
      const caFingerprint = createHash("sha256").update("ca").digest("base64url");
      return { id, expiresAt, link: { addresses, loopbackOnly, caFingerprint }, tenant, version: 1 };
    },
    "GET /join-codes/:id": (_, url, id) => join(id),
    "DELETE /join-codes/:id": (_, url, id) => void joins.delete(id),
  };

  // Switches for tests: what a host or the network would do.
  const switches = {
    "POST /test/join": () => {
      const host = createHost(hosts.length);
      host.tags = [...new Set([...joinTags, ...host.tags])];
      hosts.push(host);
      const { id, name, deviceFingerprint } = host;
      return settle({ state: "joined", host: { id, name, deviceFingerprint }, failure: null });
    },
    "POST /test/join-failure": (_, url) => {
      const cause = url.searchParams.get("cause");
      return settle({ state: "failed", failure: { cause, remedy: "", at: iso(Date.now()) } });
    },
    "POST /test/end-session": end,
    ...networks.switches,
    ...account.switches,
    // As after a row of wrong passwords.
    "POST /test/limit": (_, url) =>
      void (limitedUntil = Date.now() + Number(url.searchParams.get("seconds")) * 1_000),
    // Somebody else's edit: what is open in this browser is now out of date.
    "POST /test/change-people": () => void access.people.forEach((one) => (one.version += 1)),
    // The same for what is waiting to happen to a request: one answer, for a page that must stand it.
    "POST /test/fail": (_, url) => void (failing = url.searchParams.get("route")),
  };
  function settle(change) {
    const last = [...joins.values()].at(-1);
    Object.assign(last, change);
    streams.forEach((stream) => stream.tell("join", last));
    return last;
  }

  return async function handle(request, response, url) {
    const path = url.pathname.replace("/api/v1", "");
    const found = findRoute(`${request.method} ${path}`, { ...open, ...behindSession, ...switches });
    const route = found?.route ?? `${request.method} ${path}`;
    // Whoever is known is asked from where before anything else, even at the open doors.
    if (state === "signed_in" && !switches[route]) networks.checkAddress();
    if (request.method !== "GET" && !switches[route] && request.headers["x-csrf-token"] !== token) {
      throw new Refusal(403, "csrf", "The page is out of date", "Reload it and try again.");
    }
    if (!open[route] && !switches[route] && state !== "signed_in") {
      throw new Refusal(401, "unauthenticated", "Sign in first");
    }
    if (route === failing) {
      throw new Refusal(503, "unavailable", "The server cannot do this right now", "Its database is away.");
    }
    if (found) account.checkFresh(route);
    if (route === "GET /events") return stream(response, url);
    if (!found) throw new Refusal(404, "not_found", "There is nothing here");
    await answer(response, await found.action(request, url, found.id));
  };

  function stream(response, url) {
    const one = { host: url.searchParams.get("host"), tell: openStream(response), end: () => response.end() };
    streams.add(one);
    response.on("close", () => streams.delete(one));
  }
}

function findRoute(wanted, routes) {
  if (routes[wanted]) return { route: wanted, action: routes[wanted] };
  for (const shape of [/^(\w+ \/[\w-]+\/)([^/]+)(\/.+)?$/, /^(\w+ \/[\w-]+\/[\w-]+\/)([^/]+)$/]) {
    const [, before, id, after = ""] = shape.exec(wanted) ?? [];
    const route = `${before}:id${after}`;
    if (routes[route]) return { route, action: routes[route], id };
  }
  return undefined;
}

function recoveryCodes() {
  const group = () => randomBytes(4).toString("hex").slice(0, 5);
  return Array.from({ length: 10 }, () => `${group()}-${group()}`);
}

function listHosts(hosts, search) {
  const words = (search.get("query") ?? "").toLowerCase();
  const states = ["down", "late", "pending", "up"];
  const keys = {
    name: (host) => host.name,
    state: (host) => states.indexOf(host.state),
    cpu: (host) => host.figures?.cpu ?? -1,
    memory: (host) => host.figures?.memory ?? -1,
    lastSeen: (host) => host.lastSeenAt ?? "",
  };
  const sort = search.get("sort") ?? "name";
  const key = keys[sort.replace("-", "")];
  const sign = sort.startsWith("-") ? -1 : 1;
  const found = hosts
    .filter((host) => `${host.name} ${host.hostname} ${host.tags.join(" ")}`.toLowerCase().includes(words))
    .filter((host) => !search.get("state") || host.state === search.get("state"))
    .filter((host) => !search.get("tag") || host.tags.includes(search.get("tag")))
    .sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const from = Number(search.get("cursor") ?? 0);
  const to = from + Number(search.get("limit") ?? 100);
  const totals = { up: 0, late: 0, down: 0, pending: 0, all: hosts.length };
  hosts.forEach((host) => (totals[host.state] += 1));
  return { items: found.slice(from, to), nextCursor: to < found.length ? String(to) : null, totals };
}

function judge({ password, name }) {
  const refuse = (reason, hint) => ({ score: 0, accepted: false, reason, hint });
  if (password.length < 12) return refuse("too_short", null);
  if (/^(password|qwerty|123456)/i.test(password))
    return refuse("common", "This is one of the first passwords that an attacker tries.");
  if (name && password.toLowerCase().includes(name.toLowerCase())) return refuse("contains_name", null);
  const score = Math.min(4, Math.floor(password.length / 5));
  return { score, accepted: true, reason: null, hint: score < 4 ? "A longer one is stronger." : null };
}

function totp() {
  const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  const modules = 29;
  const dark = [];
  for (let at = 0; at < modules * modules; at += 1) {
    if ((at * 7919 + (at % 31) * 104_729) % 5 < 2)
      dark.push(`M${at % modules} ${Math.floor(at / modules)}h1v1h-1z`);
  }
  const qrSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${modules} ${modules}" shape-rendering="crispEdges"><path d="${dark.join("")}"/></svg>`;
  return { secret, otpauthUri: `otpauth://totp/Bulkhead?secret=${secret}`, qrSvg };
}

function passkeyOptions(name) {
  return {
    rp: { name: "Bulkhead", id: "localhost" },
    user: { id: "AAAA", name, displayName: name },
    challenge: randomBytes(32).toString("base64url"),
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  };
}
