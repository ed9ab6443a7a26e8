/** Address ranges as typed: separated by commas or spaces, each once, in the order given. */
export function readNetworks(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((network) => network !== ""))];
}
