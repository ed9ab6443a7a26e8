import { Navigate, Outlet } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import type { SignedIn } from "../api/session";
import { AddHostDialog } from "../join/AddHostDialog";
import { AccountContext, may } from "../session/account";
import { StepUp } from "../session/StepUp";
import { ToSignIn } from "../session/ToSignIn";
import { useSession } from "../session/useSession";
import { classes } from "../ui/classes";
import { LinkBanner } from "./LinkBanner";
import { LiveFeed } from "./LiveFeed";
import { Palette } from "./Palette";
import { ShellContext } from "./shellContext";
import { TopBar } from "./TopBar";
import { useLink } from "./useLink";

/** The frame of every page behind the session. */
export function Shell() {
  const session = useSession();

  switch (session.state) {
    case "signed_in":
      return <Frame session={session} />;
    case "signed_out":
      return <ToSignIn />;
    case "setup_required":
      return <Navigate to="/setup" replace />;
  }
}

function Frame({ session }: { session: SignedIn }) {
  const [open, setOpen] = useState<"palette" | "join">();
  const close = () => setOpen(undefined);
  const { account } = session;
  const actions = useMemo(() => ({ addHost: () => setOpen("join") }), []);
  const stale = useLink().state === "lost";

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((now) => (now === undefined ? "palette" : now === "palette" ? undefined : now));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <AccountContext value={account}>
      <ShellContext value={actions}>
        <LiveFeed />
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
        >
          Skip to the page
        </a>
        <TopBar session={session} onPalette={() => setOpen("palette")} />
        <LinkBanner />
        <main
          id="main"
          tabIndex={-1}
          data-stale={stale}
          className={classes(
            "mx-auto max-w-[1440px] px-3 py-4 outline-none sm:px-5 sm:py-5",
            stale && "opacity-70 saturate-50",
          )}
        >
          <Outlet />
        </main>
        {open === "join" && may(account, "hosts_enrol") && <AddHostDialog onClose={close} />}
        <StepUp />
        {open === "palette" && <Palette onClose={close} />}
      </ShellContext>
    </AccountContext>
  );
}
