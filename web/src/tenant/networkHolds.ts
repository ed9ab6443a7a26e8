/** Whether a network such as 10.0.0.0/8 or 2001:db8::/32 holds an address; false where either is not understood. */
export function networkHolds(cidr: string, address: string): boolean {
  const [network = "", length] = cidr.split("/");
  const ours = bitsOf(network);
  const theirs = bitsOf(address);
  if (ours === undefined || theirs?.length !== ours.length) return false;
  const prefix = length === undefined ? ours.length : Number(length);
  return ours.slice(0, prefix) === theirs.slice(0, prefix);
}

/** The address as a row of zeros and ones. */
function bitsOf(address: string): string | undefined {
  return address.includes(":") ? bitsOf6(address) : bitsOf4(address);
}

function bitsOf4(address: string): string | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOf6(address: string): string | undefined {
  const [left = "", right, ...more] = address.split("::");
  const groups = (text: string | undefined) => (text ? text.split(":") : []);
  const before = groups(left);
  const after = groups(right);
  const missing = 8 - before.length - after.length;
  if (more.length > 0 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const all = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  if (!all.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return all.map((group) => parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}
