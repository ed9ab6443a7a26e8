// From where the tenant may be used.
import { randomUUID } from "node:crypto";
import { BlockList, isIP } from "node:net";
import { checkVersion, refuseWithout } from "./access.mjs";
import { created, readBody, Refusal } from "./http.mjs";

const iso = (time) => new Date(time).toISOString();
const day = 24 * 3_600_000;

export function createNetworks(access, { demo }) {
  const { me } = access;
  let networks = demo ? demoNetworks() : [];
  // Where the asking browser is taken to be; the last one is on none of the demonstration's networks.
  let address = "203.0.113.7";
  access.address = () => address;
  const allowed = (list) =>
    list.every(({ enabled }) => !enabled) ||
    list.some(({ enabled, cidr }) => enabled && holds(cidr, address));
  const find = (id) => {
    const one = networks.find((each) => each.id === id);
    if (!one) throw new Refusal(404, "not_found", "There is no such network.");
    return one;
  };
  const field = (name, message) =>
    new Refusal(400, "validation", "Some fields need another value", `${name}: ${message}`, {
      errors: [{ field: name, message }],
    });
  const change = (next) => {
    if (!allowed(next)) {
      const detail = `Your own address, ${address}, would be shut out. Allow it first.`;
      throw new Refusal(409, "would_lock_out", "You would shut yourself out", detail);
    }
    networks = next;
  };
  const parse = (text) => {
    const [left, prefix, ...more] = text.trim().split("/");
    const bits = { 4: 32, 6: 128 }[isIP(left)];
    if (!bits || more.length > 0) throw field("cidr", `'${left}' is no IPv4 or IPv6 address`);
    const length = Number(prefix ?? bits);
    if (!(length >= 0 && length <= bits)) throw field("cidr", `${text} has no prefix length of its kind`);
    return `${left}/${length}`;
  };

  const routes = {
    "GET /allowed-networks": () => {
      refuseWithout(me, "tenant_change");
      return { items: networks, nextCursor: null, yourAddress: address };
    },
    "POST /allowed-networks": async (request) => {
      refuseWithout(me, "tenant_change");
      const {
        description = "",
        enabled = true,
        ...body
      } = await readBody(request, [...["cidr", "description?", "enabled?"]]);
      const cidr = parse(body.cidr);
      if (networks.some((one) => one.cidr === cidr)) {
        const detail = "Change the line that has this network.";
        throw new Refusal(409, "network_taken", "This network is on the list already", detail);
      }
      const one = network({ cidr, description, enabled, createdByName: me.name });
      change([...networks, one]);
      return created(one);
    },
    "PUT /allowed-networks/:id": async (request, url, id) => {
      refuseWithout(me, "tenant_change");
      const { description, enabled } = await readBody(request, ["description", "enabled"]);
      const one = find(id);
      checkVersion(request, one);
      const after = { ...one, description, enabled, version: one.version + 1 };
      change(networks.map((each) => (each === one ? after : each)));
      return after;
    },
    "DELETE /allowed-networks/:id": (_, url, id) => {
      refuseWithout(me, "tenant_change");
      const one = find(id);
      change(networks.filter((each) => each !== one));
    },
  };

  const switches = {
    // The same browser, elsewhere.
    "POST /test/move": (_, url) => void (address = url.searchParams.get("address")),
  };

  function checkAddress() {
    if (allowed(networks)) return;
    const detail = `${address} is on none of the networks that this tenant allows.`;
    throw new Refusal(403, "address_not_allowed", "This address may not use this tenant", detail);
  }
  return { routes, switches, checkAddress };
}

function holds(cidr, address) {
  const [left, prefix] = cidr.split("/");
  const list = new BlockList();
  list.addSubnet(left, Number(prefix), `ipv${isIP(left)}`);
  return list.check(address, `ipv${isIP(address)}`);
}

function network(fields) {
  return {
    ...{ id: randomUUID(), description: "", enabled: true, createdByName: "owner" },
    ...{ createdAt: iso(Date.now()), version: 1, ...fields },
  };
}

function demoNetworks() {
  const ago = (days) => iso(Date.now() - days * day);
  return [
    network({ cidr: "203.0.113.0/24", description: "Office in Rotterdam", createdAt: ago(90) }),
    network({ cidr: "10.4.0.0/16", description: "VPN and the machines that report", createdAt: ago(60) }),
    network({
      ...{ cidr: "2001:db8:85a3::/48", description: "Home line of the night shift", enabled: false },
      ...{ createdAt: ago(12), createdByName: "second-owner" },
    }),
  ];
}
