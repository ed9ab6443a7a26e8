// The own tenant, and all tenants for those who run the installation.
import { randomUUID } from "node:crypto";
import { checkVersion, page, refuseWithout } from "./access.mjs";
import { created, Download, readBody, Refusal } from "./http.mjs";

const iso = (time) => new Date(time).toISOString();
const day = 24 * 3_600_000;

export function createTenancy(world, access, { demo, onEnd }) {
  const { me } = access;
  const own = world.tenant;
  const others = demo ? demoTenants() : [];
  const ownView = () => ({
    ...own,
    counts: { people: access.people.length, hosts: world.hosts.length, groups: world.groups.length },
  });
  const tenantView = (one) => ({ ...one, state: one.deletedAt ? "deleted" : "active" });
  const allTenants = () => [
    tenantView({
      ...own,
      ...{ deletedAt: null, purgeAt: null, people: access.people.length, hosts: world.hosts.length },
      isOwn: true,
    }),
    ...others.map(tenantView),
  ];
  const find = (id) => {
    refuseWithout(me, "platform_tenants");
    if (id === own.id) throw new Refusal(409, "own_tenant", "This is your own tenant");
    const one = others.find((each) => each.id === id);
    if (!one) throw new Refusal(404, "not_found", "There is nothing here");
    return one;
  };
  const confirm = (given, name, field) => {
    if (given === name) return;
    throw new Refusal(400, "validation", "Some fields need another value", "That is another tenant’s name.", {
      errors: [{ field, message: "It has to match." }],
    });
  };

  const routes = {
    "GET /tenant": ownView,
    "PUT /tenant": async (request) => {
      refuseWithout(me, "tenant_change");
      const { name } = await readBody(request, ["name"]);
      checkVersion(request, own);
      Object.assign(own, { name, version: own.version + 1 });
      return ownView();
    },
    "GET /tenant/export": () => {
      refuseWithout(me, "tenant_export");
      const fileName = `bulkhead-${own.slug}-${iso(Date.now()).slice(0, 10)}.zip`;
      return new Download(fileName, "application/zip", slowly());
    },
    "DELETE /tenant": async (request) => {
      refuseWithout(me, "tenant_delete");
      const { name } = await readBody(request, ["name"]);
      confirm(name, own.name, "name");
      onEnd();
      return { purgeAt: iso(Date.now() + 30 * day) };
    },
    "GET /tenants": (_, url) => {
      refuseWithout(me, "platform_tenants");
      const query = (url.searchParams.get("query") ?? "").toLowerCase();
      const state = url.searchParams.get("state");
      const found = allTenants()
        .filter(({ name, slug }) => `${name} ${slug}`.toLowerCase().includes(query))
        .filter((one) => !state || one.state === state);
      return page(found, url.searchParams);
    },
    "POST /tenants": async (request) => {
      refuseWithout(me, "platform_tenants");
      const { name, slug } = await readBody(request, ["name", "slug?"]);
      const short = slug ?? `tenant-${others.length + 2}`;
      if (allTenants().some((one) => one.slug === short)) {
        throw new Refusal(409, "slug_taken", "This short name is taken");
      }
      if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(short)) {
        throw new Refusal(400, "validation", "Some fields need another value", undefined, {
          errors: [{ field: "slug", message: "Only a to z, digits and hyphens between them." }],
        });
      }
      const one = tenant({ name, slug: short });
      others.push(one);
      const made = access.makeInvitation({ note: `First owner of ${name}`, role: "owner", scope: null });
      // It is an invitation of the new tenant: the own list does not show it.
      access.invitations.shift();
      return created({ tenant: tenantView(one), ...made });
    },
    "DELETE /tenants/:id": async (request, url, id) => {
      const one = find(id);
      const { slug } = await readBody(request, ["slug"]);
      confirm(slug, one.slug, "slug");
      return tenantView(
        Object.assign(one, { deletedAt: iso(Date.now()), purgeAt: iso(Date.now() + 30 * day) }),
      );
    },
    "POST /tenants/:id/restore": (_, url, id) =>
      tenantView(Object.assign(find(id), { deletedAt: null, purgeAt: null })),
    "POST /tenants/:id/purge": async (request, url, id) => {
      const one = find(id);
      const { slug } = await readBody(request, ["slug"]);
      confirm(slug, one.slug, "slug");
      if (!one.deletedAt) throw new Refusal(409, "not_deleted", "The tenant is not deleted");
      others.splice(others.indexOf(one), 1);
    },
  };
  return { routes };
}

function tenant(fields) {
  return {
    ...{ id: randomUUID(), createdAt: iso(Date.now()), deletedAt: null, purgeAt: null, people: 0, hosts: 0 },
    ...{ isOwn: false, ...fields },
  };
}

function demoTenants() {
  const ago = (days) => iso(Date.now() - days * day);
  return [
    tenant({ name: "Inland Freight", slug: "inland-freight", createdAt: ago(70), people: 12, hosts: 840 }),
    tenant({ name: "Lock Keepers’ Union", slug: "locks", createdAt: ago(12), people: 3, hosts: 0 }),
    tenant({
      ...{ name: "Old Shipyard Trial, do not use", slug: "old-shipyard-trial", createdAt: ago(300) },
      ...{ deletedAt: ago(21), purgeAt: ago(-9), people: 2, hosts: 31 },
    }),
  ];
}

/** As a server that reads its tables while it sends them. */
async function* slowly() {
  for (let piece = 0; piece < 20; piece += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    yield Buffer.alloc(40_000, piece);
  }
}
