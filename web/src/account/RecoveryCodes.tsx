import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../access/Refused";
import { ownAccountQuery, renewRecoveryCodes } from "../api/account";
import type { OwnAccount } from "../api/accountTypes";
import { RecoveryStep } from "../identity/RecoveryStep";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Dialog } from "../ui/Dialog";
import { counted } from "../ui/format";
import { Standing } from "../ui/Standing";
import { FactorCard } from "./FactorCard";

/** So few that it is time for new ones. */
const few = 3;

export function RecoveryCodes({ account }: { account: OwnAccount }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<"ask" | { codes: string[] }>();
  const close = () => setOpen(undefined);
  const left = account.recoveryCodesLeft;
  const words = left === 0 ? "None left" : `${counted(left, "code")} left`;
  return (
    <FactorCard
      title="Recovery codes"
      testId="recovery"
      state={
        <span data-testid="recovery-left">
          {left > few ? (
            words
          ) : (
            <Standing tone={left === 0 ? "over" : "stopped"} state={left === 0 ? "none" : "few"}>
              {words}
            </Standing>
          )}
        </span>
      }
      words={
        left > few
          ? "Each lets you in once, when your other factors are lost."
          : "Make new ones now, while you can still sign in without them."
      }
      actions={
        <Button onClick={() => setOpen("ask")} data-testid="recovery-renew">
          Make new ones…
        </Button>
      }
    >
      {open === "ask" && (
        <ConfirmDialog
          title="Make new recovery codes?"
          confirm="Make new ones"
          act={renewRecoveryCodes}
          onDone={(codes) => {
            setOpen({ codes });
            void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
          }}
          onClose={close}
          failure={(error) => <Refused error={error} />}
          testId="recovery-dialog"
        >
          <p>
            You get ten new codes, shown once.{" "}
            {left > 0 && "The old ones stop working at once, wherever you keep them."}
          </p>
        </ConfirmDialog>
      )}
      {typeof open === "object" && (
        <Dialog title="Your new recovery codes" onClose={close} testId="recovery-new">
          <RecoveryStep codes={open.codes} done="Done" onDone={close} />
        </Dialog>
      )}
    </FactorCard>
  );
}
