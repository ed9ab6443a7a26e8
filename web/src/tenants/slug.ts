const longest = 32;

/** A short name made of a name: "Häfen & Söhne" is "hafen-sohne". Empty if nothing in it can be used. */
export function suggestSlug(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");
}
