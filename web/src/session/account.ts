import { createContext, useContext } from "react";
import type { Account, Permission } from "../api/types";

export const AccountContext = createContext<Account | undefined>(undefined);

/** Whoever is signed in; for the pages inside the frame, which stands only while somebody is. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error("There is no account outside the frame");
  return account;
}

/** Whether the account may do this now. The server asks again; this decides what is shown. */
export function may(account: Account, permission: Permission): boolean {
  return account.permissions.includes(permission);
}
