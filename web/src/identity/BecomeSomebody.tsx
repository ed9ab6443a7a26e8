import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { sessionQuery, signedIn } from "../api/session";
import type { Ceremony, FactorOffer, Installation, SetupDone } from "../api/types";
import { Gate } from "../shell/Gate";
import { AccountStep } from "./AccountStep";
import type { Entrance } from "./entrance";
import { FactorStep } from "./FactorStep";
import { RecoveryStep } from "./RecoveryStep";
import { Steps, type Step } from "./Steps";

export type Progress =
  | { step: "code" }
  | { step: "account"; ceremony: string }
  | { step: "factor"; offer: FactorOffer }
  | { step: "recovery"; done: SetupDone };

interface BecomeSomebodyProps {
  entrance: Entrance;
  installation: Installation;
  titles: Record<Step, [title: string, subtitle: ReactNode]>;
  progress: Progress;
  onProgress: (progress: Progress) => void;
  codeStep: (onDone: (ceremony: Ceremony) => void) => ReactNode;
}

/** From a code to an account with a second factor, signed in. */
export function BecomeSomebody(props: BecomeSomebodyProps) {
  const { entrance, progress, onProgress } = props;
  const client = useQueryClient();
  const navigate = useNavigate();
  const restart = () => onProgress({ step: "code" });
  const enter = ({ session }: SetupDone) => {
    client.setQueryData(sessionQuery.queryKey, signedIn(props.installation, session));
    void navigate({ to: "/hosts" });
  };
  const [title, subtitle] = props.titles[progress.step];
  return (
    <Gate title={title} subtitle={subtitle}>
      <Steps current={progress.step} />
      {progress.step === "code" &&
        props.codeStep(({ ceremony }) => onProgress({ step: "account", ceremony }))}
      {progress.step === "account" && (
        <AccountStep
          entrance={entrance}
          ceremony={progress.ceremony}
          onDone={(offer) => onProgress({ step: "factor", offer })}
          onRestart={restart}
        />
      )}
      {progress.step === "factor" && (
        <FactorStep
          entrance={entrance}
          offer={progress.offer}
          onDone={(done) => onProgress({ step: "recovery", done })}
          onRestart={restart}
        />
      )}
      {progress.step === "recovery" && (
        <RecoveryStep codes={progress.done.recoveryCodes} onDone={() => enter(progress.done)} />
      )}
    </Gate>
  );
}

/** The progress from the first step on. */
export function useProgress() {
  return useState<Progress>({ step: "code" });
}
