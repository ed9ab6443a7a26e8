import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent, type ReactNode } from "react";
import { ApiError } from "../api/client";
import type { TotpOffer } from "../api/types";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Field } from "../ui/Field";
import { Failure } from "../ui/Notice";
import { QrCode } from "./QrCode";

interface AppFactorProps<T> {
  totp: TotpOffer;
  /** Proves with a code that the app has the secret. */
  finish: (code: string) => Promise<T>;
  onDone: (done: T) => void;
  /** The way out where the offer no longer holds. */
  restart: ReactNode;
}

export function AppFactor<T>({ totp, finish: prove, onDone, restart }: AppFactorProps<T>) {
  const [code, setCode] = useState("");
  const finish = useMutation({
    mutationFn: () => prove(code.replace(/\s/g, "")),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  const wrongCode = finish.error instanceof ApiError && finish.error.code === "factor_wrong";
  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid justify-items-center gap-4 min-[420px]:grid-cols-[168px_1fr] min-[420px]:justify-items-stretch">
        <QrCode svg={totp.qrSvg} label="QR code for the authenticator app" />
        <div className="grid w-full content-start gap-2">
          <p className="text-sm text-quiet">Scan it with the app, or type this secret into it:</p>
          <code data-testid="totp-secret" className="max-w-[16.5ch] font-mono text-sm font-medium break-all">
            {totp.secret}
          </code>
          <div>
            <CopyButton text={totp.secret} label="Copy the secret" />
          </div>
        </div>
      </div>
      <Field
        label="Code that the app shows now"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={
          wrongCode
            ? "That code is not right now. Check the telephone's clock and enter the next one."
            : undefined
        }
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        required
        mono
        data-testid="totp-code"
      />
      {finish.error && !wrongCode && <Failure error={finish.error} action={restart} />}
      <Button type="submit" look="primary" busy={finish.isPending} data-testid="totp-submit">
        Confirm the code
      </Button>
    </form>
  );
}
