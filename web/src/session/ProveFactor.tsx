import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode, type SubmitEvent } from "react";
import { ApiError } from "../api/client";
import { passkeysWork } from "../api/passkey";
import type { Factor } from "../api/types";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Failure, Notice } from "../ui/Notice";
import { useWait, Waiting } from "../ui/Waiting";

type CodeKind = "totp" | "recovery_code";

interface Way<T> {
  withCode: (factor: CodeKind, code: string) => Promise<T>;
  withPasskey: () => Promise<T>;
  onDone: (result: T) => void;
  /** What the button does, such as "Sign in". */
  submit: string;
  /** Before every test id, such as "sign-in". */
  testId: string;
}

interface ProveFactorProps<T> extends Way<T> {
  factors: readonly Factor[];
  /** A way out, beside the other factors. */
  out: ReactNode;
}

const titles: Record<Factor, string> = {
  passkey: "Use a passkey",
  totp: "Use the authenticator app",
  recovery_code: "Use a recovery code",
};

/** Asks for one of the factors; the others are a click away. */
export function ProveFactor<T>({ factors, out, ...way }: ProveFactorProps<T>) {
  const offered = factors.filter((factor) => factor !== "passkey" || passkeysWork());
  const [chosen, setChosen] = useState<Factor>();
  const factor = chosen ?? offered[0];
  const others = offered.filter((other) => other !== factor);

  return (
    <div className="grid gap-4">
      {factor === undefined ? (
        <Notice tone="warning" title="This browser knows no passkeys">
          A passkey is the only factor of this account. Use a browser that knows passkeys.
        </Notice>
      ) : factor === "passkey" ? (
        <ByPasskey {...way} />
      ) : (
        <ByCode key={factor} factor={factor} {...way} />
      )}
      <div className="flex flex-wrap gap-1 border-t border-line pt-3 max-sm:grid max-sm:justify-items-start">
        {others.map((other) => (
          <Button
            key={other}
            look="quiet"
            data-testid={`${way.testId}-use-${other}`}
            onClick={() => setChosen(other)}
          >
            {titles[other]}
          </Button>
        ))}
        {out}
      </div>
    </div>
  );
}

const wrong: Record<CodeKind, string> = {
  totp: "That code is not right now. Check the telephone's clock and enter the next one.",
  recovery_code: "That is none of your unused recovery codes.",
};

function ByCode<T>({ factor, withCode, onDone, submit, testId }: Way<T> & { factor: CodeKind }) {
  const [code, setCode] = useState("");
  const app = factor === "totp";
  const prove = useMutation({
    mutationFn: () => withCode(factor, app ? code.replace(/\s/g, "") : code.trim()),
    onSuccess: onDone,
  });
  const wait = useWait(prove.error);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  const refused = prove.error instanceof ApiError && prove.error.code === "factor_wrong";
  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <Field
        label={app ? "Code from the authenticator app" : "Recovery code"}
        hint={app ? "Six digits; a new one every 30 seconds." : "Each one works once."}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={refused ? wrong[factor] : undefined}
        inputMode={app ? "numeric" : "text"}
        autoComplete={app ? "one-time-code" : "off"}
        // The step replaced another one that the person has just completed.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        mono
        required
        data-testid={`${testId}-${app ? "totp" : "recovery"}`}
      />
      <Trouble error={refused ? undefined : prove.error} wait={wait} />
      <Button
        type="submit"
        look="primary"
        busy={prove.isPending}
        held={wait > 0}
        data-testid={`${testId}-finish`}
      >
        {submit}
      </Button>
    </form>
  );
}

function ByPasskey<T>({ withPasskey, onDone, testId }: Way<T>) {
  const prove = useMutation({ mutationFn: withPasskey, onSuccess: onDone });
  const wait = useWait(prove.error);
  return (
    <div className="grid gap-4">
      <p className="text-quiet">Confirm with a passkey that you made for this installation.</p>
      <Trouble error={prove.error} wait={wait} />
      <Button
        look="primary"
        icon="key"
        busy={prove.isPending}
        held={wait > 0}
        onClick={() => prove.mutate()}
        data-first
        data-testid={`${testId}-finish`}
      >
        Use the passkey
      </Button>
    </div>
  );
}

/** Why it did not work: a wait that counts down, or the refusal. */
export function Trouble({ error, wait }: { error: unknown; wait: number }) {
  if (!error) return null;
  const limited = error instanceof ApiError && error.retryAt !== undefined && error.problem.status === 429;
  return limited ? <Waiting seconds={wait} /> : <Failure error={error} />;
}
