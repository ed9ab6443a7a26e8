const words: Record<string, string> = { totp: "Authenticator app", passkey: "Passkey" };

/** "Passkey, authenticator app": what somebody can confirm a sign-in with. */
export function factorsInWords(factors: readonly string[]): string {
  const named = factors.map((factor) => words[factor] ?? factor.replace(/_/g, " "));
  return named.map((word, index) => (index === 0 ? word : word.toLowerCase())).join(", ") || "None";
}
