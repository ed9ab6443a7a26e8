/** A query string of what is there; what is undefined or empty is left out. */
export function parameters(values: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.toString();
}
