import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { passkeysWork } from "../api/passkey";
import { signInWithPassword } from "../api/session";
import type { FactorChallenge, OpenSession } from "../api/types";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { useWait } from "../ui/Waiting";
import { passkeySignIn } from "./passkeySignIn";
import { Trouble } from "./ProveFactor";

interface PasswordFormProps {
  onChallenge: (challenge: FactorChallenge) => void;
  onDone: (session: OpenSession) => void;
}

export function PasswordForm({ onChallenge, onDone }: PasswordFormProps) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const byPassword = useMutation({
    mutationFn: () => signInWithPassword(name.trim(), password),
    onSuccess: onChallenge,
  });
  const byPasskey = useMutation({
    mutationFn: passkeySignIn,
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    byPasskey.reset();
    byPassword.mutate();
  };
  const error = byPassword.error ?? byPasskey.error;
  const wait = useWait(error);

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        required
        data-testid="sign-in-name"
      />
      <Field
        label="Password"
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        required
        data-testid="sign-in-password"
      />
      <Trouble error={error} wait={wait} />
      <Button
        type="submit"
        look="primary"
        busy={byPassword.isPending}
        held={wait > 0}
        data-testid="sign-in-submit"
      >
        Continue
      </Button>
      {passkeysWork() && (
        <>
          <p className="flex items-center gap-3 text-xs text-quiet before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </p>
          <Button
            icon="key"
            busy={byPasskey.isPending}
            data-testid="sign-in-passkey"
            onClick={() => {
              byPassword.reset();
              byPasskey.mutate();
            }}
          >
            Use a passkey
          </Button>
        </>
      )}
    </form>
  );
}
