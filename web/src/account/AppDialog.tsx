import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { confirmApp, offerApp } from "../api/account";
import type { OwnAccount, TotpChange } from "../api/accountTypes";
import { AppFactor } from "../identity/AppFactor";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Failure } from "../ui/Notice";

interface AppDialogProps {
  replaces: boolean;
  onDone: (account: OwnAccount) => void;
  onClose: () => void;
}

/** A new secret for the app; the old one works until the new one has been proven. */
export function AppDialog({ replaces, onDone, onClose }: AppDialogProps) {
  const [offer, setOffer] = useState<TotpChange>();
  const ask = useMutation({ mutationFn: offerApp, onSuccess: setOffer });
  const title = replaces ? "Replace the authenticator app" : "Add an authenticator app";
  return (
    <Dialog title={title} onClose={onClose} testId="app-dialog">
      {offer ? (
        <AppFactor
          key={offer.ceremony}
          totp={offer.totp}
          finish={(code) => confirmApp(offer.ceremony, code)}
          onDone={onDone}
          restart={<Button onClick={() => setOffer(undefined)}>Start again</Button>}
        />
      ) : (
        <>
          <p>
            {replaces
              ? "You get a new secret for the new telephone or app. The old one works until the new one has shown a right code."
              : "Have an app at hand that makes codes of six digits, on a telephone or in a password manager."}
          </p>
          {ask.error && <Failure error={ask.error} />}
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              look="primary"
              busy={ask.isPending}
              onClick={() => ask.mutate()}
              data-first
              data-testid="app-start"
            >
              Show the secret
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
