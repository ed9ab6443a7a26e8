// Roles, scopes, people, invitations and groups, as the server's rules have them.
import { randomBytes, randomUUID } from "node:crypto";
import { created, readBody, Refusal } from "./http.mjs";

const iso = (time) => new Date(time).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const everywhere = ["own_account", "api_read", "tenant_read", "hosts_read"];
const all = [
  ...everywhere,
  ...["hosts_change", "hosts_enrol", "audit_read", "people_read", "people_invite", "people_change"],
  ...["tokens_manage", "tenant_change", "tenant_export", "tenant_delete"],
];
const roles = {
  owner: all,
  admin: all.filter((one) => !["tenant_export", "tenant_delete"].includes(one)),
  operator: [...everywhere, "hosts_change", "hosts_enrol"],
  viewer: everywhere,
  auditor: [...everywhere, "people_read", "audit_read"],
};
const wholeTenantOnly = ["tenant_change", "tenant_export", "tenant_delete", "tokens_manage"];

/** What the person may do now. */
export function permissionsOf({ role, scope, platform }) {
  const ofRole = roles[role].filter((one) => scope === null || !wholeTenantOnly.includes(one));
  return platform ? [...ofRole, "platform_tenants"] : ofRole;
}

export function refuseWithout(person, permission) {
  if (permissionsOf(person).includes(permission)) return;
  throw new Refusal(403, "forbidden", "Your role does not allow this");
}

export function createAccess(world, { demo, account }) {
  const { groups } = world;
  if (demo) {
    groups.push(
      { id: randomUUID(), name: "Production", tags: ["env:prod"], version: 1 },
      { id: randomUUID(), name: "Europe", tags: ["site:ams", "site:fra", "site:lon"], version: 1 },
      { id: randomUUID(), name: "Databases", tags: ["role:db", "role:cache"], version: 1 },
    );
  }
  const me = person({ ...account, lastSignInAt: iso(Date.now() - 3 * minute), factors: ["passkey", "totp"] });
  const people = demo ? [me, ...demoPeople(groups)] : [me];
  const invitations = demo ? demoInvitations(groups) : [];

  const tagsOf = (scope) =>
    scope && [
      ...scope.tags,
      ...groups.filter(({ id }) => scope.groups.includes(id)).flatMap(({ tags }) => tags),
    ];
  const within = (scope) => {
    const own = tagsOf(me.scope);
    return !own || (scope !== null && tagsOf(scope).every((tag) => own.includes(tag)));
  };
  const mayGive = (role, scope) => roles[role].every((one) => roles[me.role].includes(one)) && within(scope);
  const scopeView = (scope) =>
    scope && {
      tags: scope.tags,
      groups: scope.groups.map((id) => ({ id, name: groups.find((one) => one.id === id)?.name ?? "?" })),
    };
  const personView = (one) => ({
    ...one,
    scope: scopeView(one.scope),
    state: one.suspendedAt ? "suspended" : "active",
    isSelf: one === me,
    changeable: one !== me && mayGive(one.role, one.scope),
  });
  const invitationView = (one) => ({
    ...one,
    code: undefined,
    scope: scopeView(one.scope),
    state: one.revokedAt
      ? "revoked"
      : one.acceptedAt
        ? "accepted"
        : Date.parse(one.expiresAt) < Date.now()
          ? "expired"
          : "open",
  });
  const find = (list, id) => {
    const one = list.find((each) => each.id === id);
    if (!one) throw new Refusal(404, "not_found", "There is nothing here");
    return one;
  };
  const checkGrant = (role, scope) => {
    if (role === "owner" && scope !== null) {
      throw new Refusal(400, "validation", "Some fields need another value", undefined, {
        errors: [{ field: "scope", message: "An owner’s role covers every host." }],
      });
    }
    if (!mayGive(role, scope)) throw new Refusal(403, "beyond_own_role", "This is beyond your own role");
  };
  const checkOther = (one) => {
    if (one === me) throw new Refusal(409, "own_account", "Nobody changes their own role");
    if (!mayGive(one.role, one.scope))
      throw new Refusal(403, "beyond_own_role", "This is beyond your own role");
  };
  const checkOwners = (one) => {
    const left = people.filter((each) => each !== one && each.role === "owner" && !each.suspendedAt);
    if (one.role === "owner" && left.length === 0)
      throw new Refusal(409, "last_owner", "This is the last owner");
  };
  const change = (one, fields) => personView(Object.assign(one, fields, { version: one.version + 1 }));

  function makeInvitation({ note, role, scope, expiresInHours = 72 }) {
    if (!note.trim()) {
      throw new Refusal(400, "validation", "Some fields need another value", undefined, {
        errors: [{ field: "note", message: "Say for whom it is." }],
      });
    }
    const one = invitation({ note, role, scope, by: me.name, lasts: expiresInHours * hour, ago: 0 });
    invitations.unshift(one);
    return { invitation: invitationView(one), code: one.code };
  }

  const reads = {
    "GET /roles": () => ({
      items: Object.entries(roles).map(([code, permissions]) => ({
        ...{ code, permissions },
        grantable: permissions.every((one) => roles[me.role].includes(one)),
      })),
    }),
    "GET /people": (_, url) => {
      refuseWithout(me, "people_read");
      const wanted = (name) => url.searchParams.get(name);
      const found = people
        .map(personView)
        .filter(({ name }) => name.toLowerCase().includes((wanted("query") ?? "").toLowerCase()))
        .filter(({ role }) => !wanted("role") || role === wanted("role"))
        .filter(({ state }) => !wanted("state") || state === wanted("state"))
        .sort((a, b) => a.name.localeCompare(b.name));
      return page(found, url.searchParams);
    },
    "GET /people/:id": (_, url, id) => {
      refuseWithout(me, "people_read");
      return personView(find(people, id));
    },
    "GET /invitations": (_, url) => {
      refuseWithout(me, "people_read");
      return page(invitations.map(invitationView), url.searchParams);
    },
    "GET /groups": () => ({ items: groups.map(groupView), nextCursor: null }),
  };
  const groupView = (group) => ({
    ...group,
    hosts: world.hosts.filter(({ tags }) => tags.some((tag) => group.tags.includes(tag))).length,
  });

  const changes = {
    "PUT /people/:id": async (request, url, id) => {
      refuseWithout(me, "people_change");
      const { role, scope } = await readBody(request, ["role", "scope"]);
      const one = find(people, id);
      checkVersion(request, one);
      checkOther(one);
      checkGrant(role, scope);
      if (role !== "owner") checkOwners(one);
      return change(one, { role, scope });
    },
    "POST /people/:id/suspend": (_, url, id) => {
      refuseWithout(me, "people_change");
      const one = find(people, id);
      checkOther(one);
      checkOwners(one);
      return change(one, { suspendedAt: iso(Date.now()), sessions: 0 });
    },
    "POST /people/:id/resume": (_, url, id) => {
      refuseWithout(me, "people_change");
      const one = find(people, id);
      checkOther(one);
      return change(one, { suspendedAt: null });
    },
    "DELETE /people/:id/sessions": (_, url, id) => {
      refuseWithout(me, "people_change");
      const one = find(people, id);
      checkOther(one);
      one.sessions = 0;
    },
    "DELETE /people/:id": (_, url, id) => {
      refuseWithout(me, "people_change");
      const one = find(people, id);
      checkOther(one);
      checkOwners(one);
      people.splice(people.indexOf(one), 1);
    },
    "PUT /people/:id/platform": async (request, url, id) => {
      refuseWithout(me, "platform_tenants");
      const { platform } = await readBody(request, ["platform"]);
      const one = find(people, id);
      const left = people.filter((each) => each !== one && each.platform);
      if (!platform && left.length === 0) {
        throw new Refusal(409, "last_platform_operator", "This is the last platform operator");
      }
      return change(one, { platform });
    },
    "POST /invitations": async (request) => {
      refuseWithout(me, "people_invite");
      const body = await readBody(request, ["note", "role", "scope", "expiresInHours?"]);
      checkGrant(body.role, body.scope);
      return created(makeInvitation(body));
    },
    "DELETE /invitations/:id": (_, url, id) => {
      refuseWithout(me, "people_invite");
      find(invitations, id).revokedAt = iso(Date.now());
    },
    "POST /groups": async (request) => {
      refuseWithout(me, "tenant_change");
      const fields = await readBody(request, ["name", "tags"]);
      checkGroup(fields);
      const group = { id: randomUUID(), ...fields, version: 1 };
      groups.push(group);
      return created(groupView(group));
    },
    "PUT /groups/:id": async (request, url, id) => {
      refuseWithout(me, "tenant_change");
      const fields = await readBody(request, ["name", "tags"]);
      const group = find(groups, id);
      checkVersion(request, group);
      checkGroup(fields, group);
      return groupView(Object.assign(group, fields, { version: group.version + 1 }));
    },
    "DELETE /groups/:id": (_, url, id) => {
      refuseWithout(me, "tenant_change");
      const group = find(groups, id);
      const named = people.filter(({ scope }) => scope?.groups.includes(id)).map(({ name }) => name);
      if (named.length > 0) {
        const detail = `It is in the scope of ${named.join(", ")}.`;
        throw new Refusal(409, "group_in_use", "The group is in use", detail);
      }
      groups.splice(groups.indexOf(group), 1);
    },
  };
  function checkGroup({ name, tags }, self) {
    if (groups.some((one) => one !== self && one.name.toLowerCase() === name.toLowerCase())) {
      throw new Refusal(409, "name_taken", "This name is taken");
    }
    const wrong = tags.find((tag) => !/^[\w.:/-]{1,64}$/.test(tag));
    if (!wrong) return;
    throw new Refusal(400, "validation", "Some fields need another value", undefined, {
      errors: [{ field: "tags", message: `“${wrong}” is no tag: letters, digits and . : / - _ only.` }],
    });
  }

  return { me, people, invitations, makeInvitation, scopeView, tagsOf, routes: { ...reads, ...changes } };
}

/** One page of a list, by limit and cursor. */
export function page(items, search) {
  const from = Number(search.get("cursor") ?? 0);
  const to = from + Number(search.get("limit") ?? 100);
  return { items: items.slice(from, to), nextCursor: to < items.length ? String(to) : null };
}

export function checkVersion(request, { version }) {
  const seen = request.headers["if-match"];
  if (!seen || seen === `"${version}"`) return;
  throw new Refusal(412, "changed_meanwhile", "Somebody else changed this meanwhile");
}

function person(fields) {
  return {
    ...{ id: randomUUID(), scope: null, platform: false, suspendedAt: null, factors: ["totp"], sessions: 1 },
    ...{ createdAt: iso(Date.now() - 90 * day), lastSignInAt: null, version: 1 },
    ...fields,
  };
}

function demoPeople(groups) {
  const ago = (time) => iso(Date.now() - time);
  const [production, , databases] = groups.map(({ id }) => id);
  return [
    person({ name: "second-owner", role: "owner", factors: ["passkey"], lastSignInAt: ago(20 * hour) }),
    person({ name: "platform-desk", role: "admin", platform: true, lastSignInAt: ago(5 * hour) }),
    person({ name: "night-shift", role: "operator", lastSignInAt: ago(40 * minute), sessions: 2 }),
    person({
      ...{ name: "database-team", role: "operator", factors: ["passkey", "totp"] },
      ...{ scope: { tags: ["site:ams"], groups: [databases] }, lastSignInAt: ago(3 * day) },
    }),
    person({
      ...{ name: "contractor.with-a-rather-long-name@harbour-works.example", role: "viewer" },
      ...{ scope: { tags: ["env:staging"], groups: [] }, suspendedAt: ago(12 * day), sessions: 0 },
      ...{ lastSignInAt: ago(13 * day) },
    }),
    person({ name: "external-audit", role: "auditor", lastSignInAt: ago(31 * day), sessions: 0 }),
    person({ name: "wallboard", role: "viewer", scope: { tags: [], groups: [production] } }),
  ];
}

function invitation({ note, role, scope, by, lasts, ago }) {
  const madeAt = Date.now() - ago;
  return {
    ...{ id: randomUUID(), code: `bhi1_${randomBytes(24).toString("base64url")}`, note, role, scope },
    ...{ createdByName: by, createdAt: iso(madeAt), expiresAt: iso(madeAt + lasts) },
    ...{ acceptedAt: null, acceptedByName: null, revokedAt: null },
  };
}

function demoInvitations([production]) {
  const some = { tags: [], groups: [production.id] };
  const shared = { by: "owner", lasts: 3 * day };
  return [
    invitation({
      ...shared,
      note: "Night shift, new colleague",
      role: "operator",
      scope: null,
      ago: 2 * hour,
    }),
    invitation({ ...shared, note: "Wallboard in the canteen", role: "viewer", scope: some, ago: 50 * hour }),
    invitation({ ...shared, note: "Last year’s auditor", role: "auditor", scope: null, ago: 20 * day }),
  ];
}
