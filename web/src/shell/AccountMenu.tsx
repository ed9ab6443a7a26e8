import { useLocation, useNavigate } from "@tanstack/react-router";
import { roleNames } from "../access/roleWords";
import { scopeInWords } from "../access/scope";
import type { SignedIn } from "../api/session";
import { useSignOut } from "../session/useSignOut";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";

export function AccountMenu({ session }: { session: SignedIn }) {
  const signOut = useSignOut();
  const navigate = useNavigate();
  const here = useLocation({ select: ({ pathname }) => pathname === "/account" });
  const { account, installation } = session;
  return (
    <Menu label="Account" trigger={<Icon name="person" />} testId="account-menu">
      {(close) => (
        <>
          <div className="grid max-w-64 border-b border-line px-2 pt-1 pb-2 text-sm">
            <span className="truncate font-medium">{account.name}</span>
            <span className="truncate text-xs text-quiet">
              {roleNames[account.role]} · {account.tenantName}
            </span>
            {account.platform && (
              <span className="truncate text-xs text-quiet">Platform operator of this installation</span>
            )}
            {account.scope && (
              <span className="truncate text-xs text-quiet" title={scopeInWords(account.scope)}>
                Your hosts: {scopeInWords(account.scope)}
              </span>
            )}
            <span className="truncate text-xs text-quiet">
              {installation.name} {installation.version}
            </span>
          </div>
          <MenuItem
            icon="person"
            current={here}
            onSelect={() => {
              close();
              void navigate({ to: "/account" });
            }}
            testId="open-account"
          >
            Your account
          </MenuItem>
          <MenuItem icon="arrow" onSelect={() => signOut.mutate()} testId="sign-out">
            Sign out
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
