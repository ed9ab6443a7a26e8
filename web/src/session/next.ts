/** Where to go after the sign-in: a path of this application and nothing else. */
export function readNext(search: Record<string, unknown>): { next?: string } {
  const next = search.next;
  const ours = typeof next === "string" && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in");
  return ours ? { next } : {};
}
