import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { passkeysWork } from "../api/passkey";
import { signInWithCode } from "../api/session";
import type { Factor, FactorChallenge, OpenSession } from "../api/types";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Failure } from "../ui/Notice";
import { passkeySignIn } from "./passkeySignIn";

interface FactorFormProps {
  challenge: FactorChallenge;
  onDone: (session: OpenSession) => void;
  onBack: () => void;
}

const titles: Record<Factor, string> = {
  passkey: "Use a passkey",
  totp: "Use the authenticator app",
  recovery_code: "Use a recovery code",
};

export function FactorForm({ challenge, onDone, onBack }: FactorFormProps) {
  const offered = challenge.factors.filter((factor) => factor !== "passkey" || passkeysWork());
  const [factor, setFactor] = useState<Factor>(offered[0] ?? "recovery_code");
  const others = offered.filter((other) => other !== factor);

  return (
    <div className="grid gap-4">
      {factor === "passkey" ? (
        <PasskeyFactor onDone={onDone} />
      ) : (
        <CodeFactor key={factor} factor={factor} challenge={challenge} onDone={onDone} />
      )}
      <div className="flex flex-wrap gap-1 border-t border-line pt-3">
        {others.map((other) => (
          <Button
            key={other}
            look="quiet"
            data-testid={`sign-in-use-${other}`}
            onClick={() => setFactor(other)}
          >
            {titles[other]}
          </Button>
        ))}
        <Button look="quiet" icon="back" onClick={onBack}>
          Another name
        </Button>
      </div>
    </div>
  );
}

interface StepProps {
  challenge: FactorChallenge;
  onDone: (session: OpenSession) => void;
}

function CodeFactor({ factor, challenge, onDone }: StepProps & { factor: "totp" | "recovery_code" }) {
  const [code, setCode] = useState("");
  const kind = factor === "totp" ? "totp" : "recovery";
  const signIn = useMutation({
    mutationFn: () =>
      signInWithCode(kind, challenge, kind === "totp" ? code.replace(/\s/g, "") : code.trim()),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label={kind === "totp" ? "Code from the authenticator app" : "Recovery code"}
        hint={kind === "totp" ? "Six digits; a new one every 30 seconds." : "Each one works once."}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        inputMode={kind === "totp" ? "numeric" : "text"}
        autoComplete={kind === "totp" ? "one-time-code" : "off"}
        // The step replaced another one that the person has just completed.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        mono
        required
        data-testid={kind === "totp" ? "sign-in-totp" : "sign-in-recovery"}
      />
      {signIn.error && <Failure error={signIn.error} />}
      <Button type="submit" look="primary" busy={signIn.isPending} data-testid="sign-in-finish">
        Sign in
      </Button>
    </form>
  );
}

function PasskeyFactor({ onDone }: Pick<StepProps, "onDone">) {
  const signIn = useMutation({ mutationFn: passkeySignIn, onSuccess: onDone });
  return (
    <div className="grid gap-4">
      <p className="text-quiet">Confirm with the passkey that you made for this installation.</p>
      {signIn.error && <Failure error={signIn.error} />}
      <Button
        look="primary"
        icon="key"
        busy={signIn.isPending}
        onClick={() => signIn.mutate()}
        data-testid="sign-in-finish"
      >
        Use the passkey
      </Button>
    </div>
  );
}
