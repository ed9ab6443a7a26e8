import { signInWithCode } from "../api/session";
import type { FactorChallenge, OpenSession } from "../api/types";
import { Button } from "../ui/Button";
import { passkeySignIn } from "./passkeySignIn";
import { ProveFactor } from "./ProveFactor";

interface FactorFormProps {
  challenge: FactorChallenge;
  onDone: (session: OpenSession) => void;
  onBack: () => void;
}

/** The second step of the sign-in. */
export function FactorForm({ challenge, onDone, onBack }: FactorFormProps) {
  return (
    <ProveFactor
      factors={challenge.factors}
      withCode={(factor, code) => signInWithCode(factor === "totp" ? "totp" : "recovery", challenge, code)}
      withPasskey={passkeySignIn}
      onDone={onDone}
      submit="Sign in"
      testId="sign-in"
      out={
        <Button look="quiet" icon="back" onClick={onBack}>
          Another name
        </Button>
      }
    />
  );
}
