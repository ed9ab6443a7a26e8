import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createPasskey, PasskeyError } from "../api/passkey";
import type { SetupDone } from "../api/types";
import { Button } from "../ui/Button";
import { Failure } from "../ui/Notice";
import type { Entrance } from "./entrance";

interface PasskeyFactorProps {
  entrance: Entrance;
  ceremony: string;
  options: PublicKeyCredentialCreationOptionsJSON;
  onDone: (done: SetupDone) => void;
  restart: ReactNode;
}

export function PasskeyFactor({ entrance, ceremony, options, onDone, restart }: PasskeyFactorProps) {
  const create = useMutation({
    mutationFn: async () => entrance.finishWithPasskey(ceremony, await createPasskey(options)),
    onSuccess: onDone,
  });
  return (
    <div className="grid gap-3">
      <p className="text-quiet">
        Your browser asks where to keep the passkey: this device, a telephone, or a key.
      </p>
      {create.error && (
        <Failure error={create.error} action={create.error instanceof PasskeyError ? undefined : restart} />
      )}
      <Button
        look="primary"
        icon="key"
        busy={create.isPending}
        onClick={() => create.mutate()}
        data-testid="passkey-create"
      >
        Create the passkey
      </Button>
    </div>
  );
}
