import { useEffect, useState } from "react";
import type { PasswordVerdict } from "../api/types";
import type { Entrance } from "./entrance";

export const minimumLength = 12;

const tooShort: PasswordVerdict = { score: 0, accepted: false, reason: "too_short", hint: null };

/** The server's judgement of a password, asked for once the typing pauses; undefined while unknown. */
export function usePasswordVerdict(
  checkPassword: Entrance["checkPassword"],
  password: string,
  name: string,
): PasswordVerdict | undefined {
  const [answer, setAnswer] = useState<{ for: string; verdict: PasswordVerdict }>();
  const key = `${name}\n${password}`;
  const long = Array.from(password).length >= minimumLength;

  useEffect(() => {
    if (!long) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      checkPassword(password, name, abort.signal).then(
        (verdict) => setAnswer({ for: key, verdict }),
        () => undefined, // Without a meter the server still judges at the next step.
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [checkPassword, key, long, name, password]);

  if (password === "") return undefined;
  if (!long) return tooShort;
  return answer?.for === key ? answer.verdict : undefined;
}
