/** The code stands in the fragment, which a browser sends to no server. */
export function invitationLink(origin: string, code: string): string {
  return `${origin}/invitation#code=${encodeURIComponent(code)}`;
}

/** The code in a fragment such as "#code=bhi1_…", or in a link that was pasted whole; otherwise undefined. */
export function findCode(text: string): string | undefined {
  const fragment = text.slice(text.indexOf("#") + 1);
  const code = text.includes("#") ? new URLSearchParams(fragment).get("code")?.trim() : undefined;
  return code === "" ? undefined : code;
}
