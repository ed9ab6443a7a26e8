// The own account: factors, recovery codes, sessions, and the fresh factor that what matters asks for.
import { randomBytes, randomUUID } from "node:crypto";
import { created, readBody, Refusal } from "./http.mjs";

const iso = (time) => new Date(time).toISOString();
const ago = (time) => iso(Date.now() - time);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const freshFor = 10 * minute;

/** What is answered only with a factor that is no older than ten minutes. */
const needFresh = new Set([
  ...["PUT /account/password", "POST /account/recovery-codes"],
  ...["POST /account/totp/offer", "POST /account/totp", "DELETE /account/totp"],
  ...["POST /account/passkeys/offer", "POST /account/passkeys"],
  ...["PUT /account/passkeys/:id", "DELETE /account/passkeys/:id"],
  ...["PUT /people/:id", "POST /people/:id/suspend", "DELETE /people/:id", "PUT /people/:id/platform"],
  ...["POST /invitations", "DELETE /tenant", "GET /tenant/export", "POST /tokens", "POST /service-accounts"],
  ...["POST /allowed-networks", "PUT /allowed-networks/:id", "DELETE /allowed-networks/:id"],
  ...["POST /tenants", "DELETE /tenants/:id", "POST /tenants/:id/purge"],
]);

export function createAccount(access, { demo, totp, passkeyOptions, recoveryCodes }) {
  const { me } = access;
  let freshUntil = Date.now() + freshFor;
  const account = {
    passwordChangedAt: demo ? ago(70 * day) : null,
    totp: { createdAt: ago(90 * day) },
    passkeys: demo ? demoPasskeys() : [],
    recoveryCodesLeft: demo ? 7 : 10,
  };
  const sessions = demo ? demoSessions() : [];
  const isFresh = () => freshUntil > Date.now();
  const factors = () => [
    ...(account.passkeys.length > 0 ? ["passkey"] : []),
    ...(account.totp ? ["totp"] : []),
    ...(account.recoveryCodesLeft > 0 ? ["recovery_code"] : []),
  ];
  const view = () => ({
    ...{ id: me.id, name: me.name, role: me.role },
    ...account,
    stepUp: { freshUntil: isFresh() ? iso(freshUntil) : null, factors: factors() },
  });
  const refuseLast = () => {
    const left = account.passkeys.length + (account.totp ? 1 : 0);
    if (left < 2) throw new Refusal(409, "last_factor", "This is the last second factor");
  };
  const find = (list, id) => {
    const one = list.find((each) => each.id === id);
    if (!one) throw new Refusal(404, "not_found", "There is nothing here");
    return one;
  };
  const wrong = () => new Refusal(403, "factor_wrong", "The second factor does not match");
  const checkName = (name) => {
    if (name.trim()) return;
    throw new Refusal(400, "validation", "Some fields need another value", undefined, {
      errors: [{ field: "name", message: "must not be blank" }],
    });
  };

  /** The asking browser's own session, as it is seen from here. */
  const listSessions = (request) => {
    const own = {
      ...{ id: "current", createdAt: ago(3 * minute), lastSeenAt: ago(0), current: true },
      ...{ expiresAt: iso(Date.now() + 12 * hour), address: access.address() },
      userAgent: request.headers["user-agent"] ?? null,
    };
    return [own, ...sessions];
  };

  const routes = {
    "GET /account": view,
    "PUT /account/password": async (request) => {
      const { current, password } = await readBody(request, ["current", "password"]);
      if (current === "wrong") {
        throw new Refusal(400, "validation", "Some fields need another value", undefined, {
          errors: [{ field: "current", message: "That is not your password." }],
        });
      }
      if (password.length < 12) throw new Refusal(400, "validation", "The password is too short");
      account.passwordChangedAt = ago(0);
      sessions.length = 0;
    },
    "POST /account/totp/offer": () => ({ ceremony: randomUUID(), totp: totp() }),
    "POST /account/totp": async (request) => {
      const { code } = await readBody(request, ["ceremony", "code"]);
      if (code !== "123456") throw wrong();
      account.totp = { createdAt: ago(0) };
      return view();
    },
    "DELETE /account/totp": () => {
      if (!account.totp) throw new Refusal(404, "not_found", "There is nothing here");
      refuseLast();
      account.totp = null;
      return view();
    },
    "POST /account/passkeys/offer": () => ({
      ceremony: randomUUID(),
      publicKey: passkeyOptions(me.name),
    }),
    "POST /account/passkeys": async (request) => {
      const { name, credential } = await readBody(request, ["ceremony", "name", "credential"]);
      checkName(name);
      if (credential.type !== "public-key") throw wrong();
      account.passkeys.push({ id: randomUUID(), name, createdAt: ago(0), lastUsedAt: null });
      return created(view());
    },
    "PUT /account/passkeys/:id": async (request, url, id) => {
      const { name } = await readBody(request, ["name"]);
      checkName(name);
      find(account.passkeys, id).name = name;
      return view();
    },
    "DELETE /account/passkeys/:id": (_, url, id) => {
      const one = find(account.passkeys, id);
      refuseLast();
      account.passkeys.splice(account.passkeys.indexOf(one), 1);
      return view();
    },
    "POST /account/recovery-codes": () => {
      account.recoveryCodesLeft = 10;
      return { recoveryCodes: recoveryCodes() };
    },
    "GET /account/sessions": (request) => ({ items: listSessions(request) }),
    "DELETE /account/sessions": () => void (sessions.length = 0),
    "DELETE /account/sessions/:id": (_, url, id) => {
      sessions.splice(sessions.indexOf(find(sessions, id)), 1);
    },
    "POST /account/step-up/passkey/options": () => ({
      ceremony: randomUUID(),
      publicKey: {
        ...{ challenge: randomBytes(32).toString("base64url"), rpId: "localhost" },
        userVerification: "required",
      },
    }),
    "POST /account/step-up": async (request) => {
      const proof = await readBody(request, ["ceremony?", "factor", "code?", "credential?"]);
      if (proof.factor === "totp" && proof.code !== "123456") throw wrong();
      if (proof.factor === "passkey" && proof.credential?.type !== "public-key") throw wrong();
      if (proof.factor === "recovery_code") {
        if (!/^\w{5}-\w{5}$/.test(proof.code)) throw wrong();
        account.recoveryCodesLeft -= 1;
      }
      freshUntil = Date.now() + freshFor;
      return { freshUntil: iso(freshUntil) };
    },
  };

  const switches = {
    // Ten minutes later.
    "POST /test/stale": () => void (freshUntil = 0),
    // Somebody with a telephone and nothing else.
    "POST /test/one-factor": () =>
      void Object.assign(account, { passkeys: [], recoveryCodesLeft: 2, passwordChangedAt: null }),
  };

  function checkFresh(route) {
    if (!needFresh.has(route) || isFresh()) return;
    throw new Refusal(403, "step_up_required", "Confirm that it is you", undefined, {
      factors: factors(),
    });
  }
  return { routes, switches, checkFresh };
}

function demoPasskeys() {
  const passkey = (fields) => ({ id: randomUUID(), ...fields });
  return [
    passkey({ name: "Laptop", createdAt: ago(90 * day), lastUsedAt: ago(3 * minute) }),
    passkey({ name: "Blue security key in the office safe", createdAt: ago(80 * day), lastUsedAt: null }),
  ];
}

function demoSessions() {
  const session = (fields) => ({
    ...{ id: randomUUID(), current: false, expiresAt: iso(Date.now() + 5 * hour), ...fields },
  });
  return [
    session({
      ...{ createdAt: ago(7 * hour), lastSeenAt: ago(20 * minute), address: "198.51.100.23" },
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    }),
    session({
      ...{ createdAt: ago(9 * hour), lastSeenAt: ago(2 * hour) },
      address: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    }),
    session({
      createdAt: ago(11 * hour),
      lastSeenAt: ago(5 * hour),
      address: "203.0.113.9",
      userAgent: null,
    }),
  ];
}
