import { useQueryClient } from "@tanstack/react-query";
import { Navigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { sessionQuery } from "../api/session";
import type { FactorChallenge, Session } from "../api/types";
import { Gate } from "../shell/Gate";
import { usePageTitle } from "../ui/usePageTitle";
import { FactorForm } from "./FactorForm";
import { PasswordForm } from "./PasswordForm";
import { useSession } from "./useSession";

export function SignInPage({ next }: { next: string }) {
  usePageTitle("Sign in");
  const session = useSession();
  const client = useQueryClient();
  const router = useRouter();
  const [challenge, setChallenge] = useState<FactorChallenge>();

  const signedIn = session.state === "signed_in";

  useEffect(() => {
    if (signedIn) router.history.replace(next);
  }, [next, router, signedIn]);

  if (session.state === "setup_required") return <Navigate to="/setup" replace />;
  if (signedIn) return null;

  const arrive = (begun: Session) => client.setQueryData(sessionQuery.queryKey, begun);
  return (
    <Gate title="Sign in" subtitle={session.installation.name}>
      {challenge ? (
        <FactorForm challenge={challenge} onDone={arrive} onBack={() => setChallenge(undefined)} />
      ) : (
        <PasswordForm onChallenge={setChallenge} onDone={arrive} />
      )}
    </Gate>
  );
}
