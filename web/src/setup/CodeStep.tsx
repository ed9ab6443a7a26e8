import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { enterSetupCode } from "../api/setup";
import type { Ceremony } from "../api/types";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Failure } from "../ui/Notice";

export function CodeStep({ onDone }: { onDone: (ceremony: Ceremony) => void }) {
  const [code, setCode] = useState("");
  const enter = useMutation({ mutationFn: () => enterSetupCode(code.trim()), onSuccess: onDone });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Setup code"
        hint={
          <>
            Printed by <code className="font-mono">./bulkhead up</code> in the terminal where it runs. It
            works once.
          </>
        }
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        mono
        data-testid="setup-code"
      />
      {enter.error && <Failure error={enter.error} />}
      <Button type="submit" look="primary" busy={enter.isPending} data-testid="setup-code-submit">
        Continue
      </Button>
    </form>
  );
}
