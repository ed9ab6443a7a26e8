import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ownAccountQuery, stepUpWithCode, stepUpWithPasskey } from "../api/account";
import { whenStepUpIsRequired } from "../api/client";
import type { Factor } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ProveFactor } from "./ProveFactor";

/** Asks for a fresh factor whenever the server wants one; the request then goes on by itself. */
export function StepUp() {
  const client = useQueryClient();
  const [factors, setFactors] = useState<readonly Factor[]>();
  const settle = useRef<(given: boolean) => void>(undefined);

  useEffect(() => {
    const stop = whenStepUpIsRequired((offered) => {
      setFactors(offered);
      return new Promise((resolve) => (settle.current = resolve));
    });
    return () => {
      stop();
      // Whoever is no longer signed in cannot confirm anything.
      settle.current?.(false);
    };
  }, []);

  if (!factors) return null;
  const end = (given: boolean) => {
    setFactors(undefined);
    settle.current?.(given);
    settle.current = undefined;
  };
  return (
    <Dialog title="Confirm that it is you" onClose={() => end(false)} testId="step-up">
      <p>
        What you are about to do matters. Show once more that it is you: then it goes on by itself, and you
        are not asked again for ten minutes.
      </p>
      <ProveFactor
        factors={factors}
        withCode={stepUpWithCode}
        withPasskey={stepUpWithPasskey}
        onDone={() => {
          // A recovery code may be gone now.
          void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
          end(true);
        }}
        submit="Confirm"
        testId="step-up"
        out={
          <Button look="quiet" className="sm:ml-auto" onClick={() => end(false)} data-testid="step-up-cancel">
            Cancel
          </Button>
        }
      />
    </Dialog>
  );
}
