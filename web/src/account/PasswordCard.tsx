import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ownAccountQuery, ownSessionsQuery } from "../api/account";
import type { OwnAccount } from "../api/accountTypes";
import { sessionQuery } from "../api/session";
import { Button } from "../ui/Button";
import { RelativeTime } from "../ui/RelativeTime";
import { ChangePasswordDialog } from "./ChangePasswordDialog";
import { FactorCard } from "./FactorCard";

export function PasswordCard({ account }: { account: OwnAccount }) {
  const client = useQueryClient();
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  const done = () => {
    setChanging(false);
    setChanged(true);
    void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
    void client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    // This session may go on under another CSRF token.
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <FactorCard
      title="Password"
      testId="password"
      state={
        account.passwordChangedAt ? (
          <>
            Changed <RelativeTime time={account.passwordChangedAt} />
          </>
        ) : (
          "Never changed"
        )
      }
      words={
        <>
          <span role="status">{changed && "It is changed, and your other sessions are ended."}</span>
          {!changed && "Alone it opens nothing: a second factor comes on top."}
        </>
      }
      actions={
        <Button onClick={() => setChanging(true)} data-testid="password-change">
          Change…
        </Button>
      }
    >
      {changing && (
        <ChangePasswordDialog name={account.name} onDone={done} onClose={() => setChanging(false)} />
      )}
    </FactorCard>
  );
}
