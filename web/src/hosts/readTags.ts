/** Tags as typed: separated by commas or spaces, each once, in the order given. */
export function readTags(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((tag) => tag !== ""))];
}
