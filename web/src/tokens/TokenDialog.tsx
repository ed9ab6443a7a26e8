import { useQueryClient } from "@tanstack/react-query";
import { Refused } from "../access/Refused";
import type { Token } from "../api/accessTypes";
import { deleteToken, tokensKey, updateToken } from "../api/tokens";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { EditTokenDialog } from "./EditTokenDialog";

export type TokenAction = "edit" | "disable" | "enable" | "delete";

interface TokenDialogProps {
  action: TokenAction;
  token: Token;
  onClose: () => void;
}

/** The dialog of one action on one token. */
export function TokenDialog({ action, token, onClose }: TokenDialogProps) {
  const client = useQueryClient();
  const done = () => {
    void client.invalidateQueries({ queryKey: tokensKey });
    onClose();
  };
  const shared = {
    onDone: done,
    onClose,
    failure: (error: unknown) => <Refused error={error} onReload={done} />,
    testId: `token-${action}-dialog`,
  };
  switch (action) {
    case "edit":
      return <EditTokenDialog token={token} onDone={done} onClose={onClose} />;
    case "disable":
      return (
        <ConfirmDialog<unknown>
          {...shared}
          title={`Stop ${token.name}?`}
          confirm="Stop it"
          danger
          act={() => updateToken(token, { enabled: false })}
        >
          <p>
            Every request with it is refused at once, and what it holds open is closed. It keeps its value and
            can work again later.
          </p>
        </ConfirmDialog>
      );
    case "enable":
      return (
        <ConfirmDialog<unknown>
          {...shared}
          title={`Let ${token.name} work again?`}
          confirm="Let it work"
          act={() => updateToken(token, { enabled: true })}
        >
          <p>It works as before, with the same value.</p>
        </ConfirmDialog>
      );
    case "delete":
      return (
        <ConfirmDialog<unknown>
          {...shared}
          title={`Delete ${token.name}?`}
          confirm="Delete for good"
          cancel="Keep it"
          danger
          act={() => deleteToken(token)}
        >
          <p>
            Whatever uses it stops working at once, and its value never works again. To see first whether
            anything still uses it, stop it instead.
          </p>
        </ConfirmDialog>
      );
  }
}
