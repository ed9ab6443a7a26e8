import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { CatchBoundary, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useShutOut } from "../session/shutOut";
import { ShutOutPage } from "../session/ShutOutPage";
import { useSession } from "../session/useSession";
import { Button } from "../ui/Button";
import { Failure } from "../ui/Notice";
import { Gate } from "./Gate";

/** Waits for the session, which every page needs, and catches what no page caught. */
export function Root() {
  const shutOut = useShutOut();
  if (shutOut) return <ShutOutPage refusal={shutOut} />;
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <CatchBoundary
          getResetKey={() => location.pathname}
          onCatch={(error) => console.error(error)}
          errorComponent={({ error, reset: again }) => (
            <Gate title="Bulkhead cannot be shown">
              <Failure error={error} />
              <Button
                look="primary"
                onClick={() => {
                  reset();
                  again();
                }}
              >
                Try again
              </Button>
            </Gate>
          )}
        >
          <Suspense fallback={<p className="p-8 text-center text-quiet">Loading…</p>}>
            <AfterSession />
          </Suspense>
        </CatchBoundary>
      )}
    </QueryErrorResetBoundary>
  );
}

function AfterSession() {
  useSession();
  return <Outlet />;
}
