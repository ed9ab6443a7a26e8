import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../access/Refused";
import { ownAccountQuery, removeApp } from "../api/account";
import type { OwnAccount } from "../api/accountTypes";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { RelativeTime } from "../ui/RelativeTime";
import { AppDialog } from "./AppDialog";
import { FactorCard } from "./FactorCard";
import { hasOneFactor, LastFactorDialog } from "./LastFactorDialog";

export function AppCard({ account }: { account: OwnAccount }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<"add" | "remove">();
  const close = () => setOpen(undefined);
  const done = (after: OwnAccount) => {
    client.setQueryData(ownAccountQuery.queryKey, after);
    close();
  };
  const { totp } = account;
  return (
    <FactorCard
      title="Authenticator app"
      testId="app"
      state={
        totp ? (
          <>
            Added <RelativeTime time={totp.createdAt} />
          </>
        ) : (
          "None"
        )
      }
      words="A code of six digits from your telephone, where there is no passkey."
      actions={
        <>
          <Button onClick={() => setOpen("add")} data-testid="app-add">
            {totp ? "Replace…" : "Add…"}
          </Button>
          {totp && (
            <Button look="danger" onClick={() => setOpen("remove")} data-testid="app-remove">
              Remove…
            </Button>
          )}
        </>
      }
    >
      {open === "add" && <AppDialog replaces={totp !== null} onDone={done} onClose={close} />}
      {open === "remove" &&
        (hasOneFactor(account) ? (
          <LastFactorDialog what="This app" onClose={close} />
        ) : (
          <ConfirmDialog
            title="Remove the authenticator app?"
            confirm="Remove"
            cancel="Keep it"
            danger
            act={removeApp}
            onDone={done}
            onClose={close}
            failure={(error) => <Refused error={error} />}
            testId="app-remove-dialog"
          >
            <p>Its codes stop working here at once. Your passkeys and recovery codes go on working.</p>
          </ConfirmDialog>
        ))}
    </FactorCard>
  );
}
