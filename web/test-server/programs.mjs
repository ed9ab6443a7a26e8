// API tokens and service accounts.
import { randomBytes, randomUUID } from "node:crypto";
import { checkVersion, page, permissionsOf, refuseWithout } from "./access.mjs";
import { created, readBody, Refusal } from "./http.mjs";

const iso = (time) => new Date(time).toISOString();
const hour = 3_600_000;
const day = 24 * hour;

export function createPrograms(access, { demo }) {
  const { me } = access;
  const services = demo ? demoServices() : [];
  const tokens = demo ? demoTokens(me, access.people, services) : [];
  const mayManage = () => permissionsOf(me).includes("tokens_manage");
  const visible = () => tokens.filter(({ owner }) => mayManage() || owner.id === me.id);
  const tokenView = (one) => ({
    ...one,
    enabled: undefined,
    state: !one.enabled
      ? "disabled"
      : one.expiresAt && Date.parse(one.expiresAt) < Date.now()
        ? "expired"
        : "active",
  });
  const serviceView = (one) => ({ ...one, scope: access.scopeView(one.scope) });
  const find = (list, id) => {
    const one = list.find((each) => each.id === id);
    if (!one) throw new Refusal(404, "not_found", "There is nothing here");
    return one;
  };
  const checkNetworks = (networks) => {
    const wrong = networks.find((one) => !/^[0-9a-f.:]+(\/\d{1,3})?$/i.test(one));
    if (!wrong) return;
    throw new Refusal(400, "validation", "Some fields need another value", undefined, {
      errors: [{ field: "networks", message: `“${wrong}” is no address range such as 10.4.0.0/16.` }],
    });
  };

  const routes = {
    "GET /tokens": (_, url) => {
      const query = (url.searchParams.get("query") ?? "").toLowerCase();
      const found = visible().filter(({ name }) => name.toLowerCase().includes(query));
      return page(found.map(tokenView), url.searchParams);
    },
    "POST /tokens": async (request) => {
      const fields = ["name", "scopes", "networks?", "expiresInDays?", "serviceAccount?"];
      const body = await readBody(request, fields);
      if (body.serviceAccount) refuseWithout(me, "tokens_manage");
      const service = body.serviceAccount && find(services, body.serviceAccount);
      const owner = service
        ? { kind: "service", id: service.id, name: service.name }
        : { kind: "person", id: me.id, name: me.name };
      const allowed = permissionsOf(service ? { ...service, platform: false } : me);
      if (body.scopes.some((scope) => !allowed.includes(scope))) {
        throw new Refusal(403, "beyond_own_role", "This is beyond the owner’s role");
      }
      const networks = body.networks ?? [];
      checkNetworks(networks);
      const { name, scopes, expiresInDays } = body;
      const expiresAt = expiresInDays ? iso(Date.now() + expiresInDays * day) : null;
      const one = token({ name, owner, scopes, networks, expiresAt });
      tokens.unshift(one);
      const value = `bhk_${randomBytes(8).toString("hex")}_${randomBytes(32).toString("base64url")}`;
      return created({ token: tokenView(one), value });
    },
    "PUT /tokens/:id": async (request, url, id) => {
      const one = find(visible(), id);
      const { name, enabled, networks } = await readBody(request, ["name", "enabled", "networks"]);
      checkVersion(request, one);
      checkNetworks(networks);
      return tokenView(Object.assign(one, { name, enabled, networks, version: one.version + 1 }));
    },
    "DELETE /tokens/:id": (_, url, id) => void tokens.splice(tokens.indexOf(find(visible(), id)), 1),
    "GET /service-accounts": () => {
      refuseWithout(me, "tokens_manage");
      return { items: services.map(serviceView), nextCursor: null };
    },
    "POST /service-accounts": async (request) => {
      refuseWithout(me, "tokens_manage");
      const fields = await readBody(request, ["name", "role", "scope"]);
      checkName(fields.name);
      const one = { id: randomUUID(), ...fields, createdAt: iso(Date.now()), version: 1 };
      services.push(one);
      return created(serviceView(one));
    },
    "PUT /service-accounts/:id": async (request, url, id) => {
      refuseWithout(me, "tokens_manage");
      const one = find(services, id);
      const fields = await readBody(request, ["name", "role", "scope"]);
      checkVersion(request, one);
      checkName(fields.name, one);
      return serviceView(Object.assign(one, fields, { version: one.version + 1 }));
    },
    "DELETE /service-accounts/:id": (_, url, id) => {
      refuseWithout(me, "tokens_manage");
      services.splice(services.indexOf(find(services, id)), 1);
      const rest = tokens.filter(({ owner }) => owner.id !== id);
      tokens.splice(0, tokens.length, ...rest);
    },
  };
  function checkName(name, self) {
    if (services.some((one) => one !== self && one.name === name))
      throw new Refusal(409, "name_taken", "This name is taken");
  }
  return { routes };
}

function token(fields) {
  return {
    ...{ id: randomBytes(8).toString("hex"), networks: [], createdAt: iso(Date.now()), expiresAt: null },
    ...{ lastUsedAt: null, lastUsedAddress: null, enabled: true, version: 1 },
    ...fields,
  };
}

function demoServices() {
  const made = { createdAt: iso(Date.now() - 60 * day), version: 1 };
  return [
    {
      id: randomUUID(),
      name: "deployment",
      role: "operator",
      scope: { tags: ["env:prod"], groups: [] },
      ...made,
    },
    { id: randomUUID(), name: "status-page", role: "viewer", scope: null, ...made },
  ];
}

function demoTokens(me, people, services) {
  const of = ({ id, name }, kind = "person") => ({ kind, id, name });
  const used = (ago, lastUsedAddress) => ({ lastUsedAt: iso(Date.now() - ago), lastUsedAddress });
  const other = people.find(({ name }) => name === "night-shift") ?? me;
  return [
    token({
      ...{
        name: "laptop, command line",
        owner: of(me),
        scopes: ["hosts_read", "hosts_enrol", "tenant_read"],
      },
      ...{ expiresAt: iso(Date.now() + 61 * day), ...used(4 * 60_000, "10.4.12.7") },
    }),
    token({
      ...{
        name: "deployment pipeline",
        owner: of(services[0], "service"),
        scopes: ["hosts_read", "hosts_change"],
      },
      ...{ networks: ["10.4.0.0/16", "2001:db8:4::/48"], ...used(26 * hour, "2001:db8:4::1f") },
    }),
    token({
      ...{ name: "status page", owner: of(services[1], "service"), scopes: ["hosts_read"] },
      ...{ expiresAt: iso(Date.now() + 9 * day), ...used(12_000, "192.0.2.44") },
    }),
    token({ name: "experiment", owner: of(other), scopes: ["hosts_read"], enabled: false }),
    token({
      ...{ name: "migration of last spring", owner: of(me), scopes: ["hosts_read", "people_read"] },
      ...{ expiresAt: iso(Date.now() - 40 * day), ...used(44 * day, "10.4.12.7") },
    }),
  ];
}
