import { useEffect, useEffectEvent, useState } from "react";
import { useDebounced } from "./useDebounced";

/** A text that is being typed, and tells its settled self once the typing pauses. */
export function useTypedText(settled: string | undefined, onSettle: (text: string | undefined) => void) {
  const [text, setText] = useState(settled ?? "");
  const still = useDebounced(text.trim(), 250);
  // Only what was typed changes the settled text; a change from elsewhere does not undo the typing.
  const tell = useEffectEvent(() => {
    if (still !== (settled ?? "")) onSettle(still || undefined);
  });
  useEffect(() => tell(), [still]);
  return [text, setText] as const;
}
