import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { sessionQuery, signedIn } from "../api/session";
import type { FactorChallenge, OpenSession } from "../api/types";
import { Gate } from "../shell/Gate";
import { exactDate } from "../ui/format";
import { Notice } from "../ui/Notice";
import { usePageTitle } from "../ui/usePageTitle";
import { endedTenant } from "./endedTenant";
import { FactorForm } from "./FactorForm";
import { PasswordForm } from "./PasswordForm";
import { useSession } from "./useSession";

export function SignInPage({ next }: { next: string }) {
  usePageTitle("Sign in");
  const session = useSession();
  const client = useQueryClient();
  const router = useRouter();
  const [challenge, setChallenge] = useState<FactorChallenge>();

  const ended = useQuery(endedTenant).data;
  const arrived = session.state === "signed_in";

  useEffect(() => {
    if (arrived) router.history.replace(next);
  }, [arrived, next, router]);

  if (session.state === "setup_required") return <Navigate to="/setup" replace />;
  if (arrived) return null;

  const arrive = (answer: OpenSession) =>
    client.setQueryData(sessionQuery.queryKey, signedIn(session.installation, answer));
  return (
    <Gate title="Sign in" subtitle={`on ${location.host}`}>
      {ended && (
        <Notice tone="good" title={`${ended.name} is deleted`}>
          Its data is removed on {exactDate(ended.purgeAt)}. Until then a platform operator of this
          installation can restore it.
        </Notice>
      )}
      {challenge ? (
        <FactorForm challenge={challenge} onDone={arrive} onBack={() => setChallenge(undefined)} />
      ) : (
        <PasswordForm onChallenge={setChallenge} onDone={arrive} />
      )}
    </Gate>
  );
}
