import { Link } from "@tanstack/react-router";
import type { SignedIn } from "../api/session";
import { Icon } from "../ui/Icon";
import { Mark } from "../ui/Mark";
import { AccountMenu } from "./AccountMenu";
import { MainNav, NavMenu } from "./MainNav";
import { ThemeMenu } from "./ThemeMenu";

const shortcut = navigator.userAgent.includes("Mac") ? "⌘K" : "Ctrl K";

interface TopBarProps {
  session: SignedIn;
  onPalette: () => void;
}

export function TopBar({ session, onPalette }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <div className="mx-auto flex h-12 max-w-[1440px] items-center gap-2 px-3 sm:px-5">
        <Link to="/hosts" className="flex min-w-0 items-center gap-2 font-semibold" title="Hosts">
          <Mark />
          <span className="truncate" data-testid="installation-name">
            {session.account.tenantName}
          </span>
        </Link>
        <MainNav account={session.account} />
        <div className="ml-auto flex items-center gap-1">
          <button
            type="button"
            onClick={onPalette}
            title="Go to a page, host or action"
            data-testid="open-palette"
            className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-sm text-quiet hover:bg-hover hover:text-ink sm:border sm:border-line"
          >
            <Icon name="search" />
            <span className="max-sm:sr-only">Go to…</span>
            <kbd aria-hidden="true" className="font-mono text-xs max-sm:hidden">
              {shortcut}
            </kbd>
          </button>
          <NavMenu account={session.account} />
          <ThemeMenu />
          <AccountMenu session={session} />
        </div>
      </div>
    </header>
  );
}
