import { useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { sessionQuery, signedIn } from "../api/session";
import type { FactorOffer, SetupDone } from "../api/types";
import { useSession } from "../session/useSession";
import { Gate } from "../shell/Gate";
import { usePageTitle } from "../ui/usePageTitle";
import { CodeStep } from "./CodeStep";
import { FactorStep } from "./FactorStep";
import { OwnerStep } from "./OwnerStep";
import { RecoveryStep } from "./RecoveryStep";
import { Steps } from "./Steps";

type Progress =
  | { step: "code" }
  | { step: "owner"; ceremony: string }
  | { step: "factor"; offer: FactorOffer }
  | { step: "recovery"; done: SetupDone };

const titles: Record<Progress["step"], [string, string]> = {
  code: ["Set up Bulkhead", "This installation has no owner yet. Prove that it is yours."],
  owner: ["The first owner", "The account that everything else is given out from."],
  factor: ["A second factor", "A password alone is never enough to sign in."],
  recovery: ["Recovery codes", "Your way in when the second factor is lost."],
};

export function SetupPage() {
  usePageTitle("Set up");
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [progress, setProgress] = useState<Progress>({ step: "code" });

  // The session begins while the recovery codes are still on the page.
  if (session.state !== "setup_required" && progress.step !== "recovery") {
    return <Navigate to="/hosts" replace />;
  }
  const restart = () => setProgress({ step: "code" });
  const enter = ({ session: opened }: SetupDone) => {
    client.setQueryData(sessionQuery.queryKey, signedIn(session.installation, opened));
    void navigate({ to: "/hosts" });
  };
  const [title, subtitle] = titles[progress.step];
  return (
    <Gate title={title} subtitle={subtitle}>
      <Steps current={progress.step} />
      {progress.step === "code" && (
        <CodeStep onDone={({ ceremony }) => setProgress({ step: "owner", ceremony })} />
      )}
      {progress.step === "owner" && (
        <OwnerStep
          ceremony={progress.ceremony}
          onDone={(offer) => setProgress({ step: "factor", offer })}
          onRestart={restart}
        />
      )}
      {progress.step === "factor" && (
        <FactorStep
          offer={progress.offer}
          onDone={(done) => setProgress({ step: "recovery", done })}
          onRestart={restart}
        />
      )}
      {progress.step === "recovery" && (
        <RecoveryStep codes={progress.done.recoveryCodes} onDone={() => enter(progress.done)} />
      )}
    </Gate>
  );
}
