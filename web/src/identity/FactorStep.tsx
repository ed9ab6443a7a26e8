import { useState } from "react";
import { passkeysWork } from "../api/passkey";
import type { FactorOffer, SetupDone } from "../api/types";
import { Button } from "../ui/Button";
import { classes } from "../ui/classes";
import { Icon, type IconName } from "../ui/Icon";
import { AppFactor } from "./AppFactor";
import type { Entrance } from "./entrance";
import { PasskeyFactor } from "./PasskeyFactor";

interface FactorStepProps {
  entrance: Entrance;
  offer: FactorOffer;
  onDone: (done: SetupDone) => void;
  onRestart: () => void;
}

export function FactorStep({ entrance, offer, onDone, onRestart }: FactorStepProps) {
  const [factor, setFactor] = useState<"passkey" | "totp">();
  const obstacle = passkeyObstacle(offer);
  const restart = <Button onClick={onRestart}>{entrance.restart}</Button>;

  return (
    <div className="grid gap-4">
      <div role="group" aria-label="Kind of second factor" className="grid gap-2 min-[420px]:grid-cols-2">
        <Choice
          icon="key"
          title="Passkey"
          text={obstacle ?? "This device or a security key. Cannot be phished."}
          chosen={factor === "passkey"}
          disabled={obstacle !== undefined}
          onChoose={() => setFactor("passkey")}
          testId="factor-passkey"
        />
        <Choice
          icon="phone"
          title="Authenticator app"
          text="A code of six digits from your telephone."
          chosen={factor === "totp"}
          onChoose={() => setFactor("totp")}
          testId="factor-totp"
        />
      </div>
      {factor === "passkey" && offer.passkey && (
        <PasskeyFactor
          entrance={entrance}
          ceremony={offer.ceremony}
          options={offer.passkey.publicKey}
          onDone={onDone}
          restart={restart}
        />
      )}
      {factor === "totp" && (
        <AppFactor
          totp={offer.totp}
          finish={(code) => entrance.finishWithApp(offer.ceremony, code)}
          onDone={onDone}
          restart={restart}
        />
      )}
    </div>
  );
}

function passkeyObstacle(offer: FactorOffer): string | undefined {
  if (!passkeysWork()) return "This browser knows no passkeys.";
  if (!offer.passkey) return "Passkeys need this page under a name, such as localhost, not an address.";
  return undefined;
}

interface ChoiceProps {
  icon: IconName;
  title: string;
  text: string;
  chosen: boolean;
  disabled?: boolean;
  onChoose: () => void;
  testId: string;
}

function Choice({ icon, title, text, chosen, disabled, onChoose, testId }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      disabled={disabled}
      onClick={onChoose}
      data-testid={testId}
      className={classes(
        "grid content-start gap-1 rounded-md border p-3 text-left disabled:opacity-55",
        chosen ? "border-accent bg-accent-soft" : "border-edge hover:bg-hover",
      )}
    >
      <span className="flex items-center gap-2 font-medium">
        <Icon name={icon} />
        {title}
        {chosen && (
          <span className="ml-auto text-accent">
            <Icon name="check" />
          </span>
        )}
      </span>
      <span className="text-xs text-quiet">{text}</span>
    </button>
  );
}
