import { Navigate } from "@tanstack/react-router";
import { setupEntrance } from "../api/setup";
import { BecomeSomebody, useProgress } from "../identity/BecomeSomebody";
import type { Step } from "../identity/Steps";
import { useSession } from "../session/useSession";
import { usePageTitle } from "../ui/usePageTitle";
import { CodeStep } from "./CodeStep";

const titles: Record<Step, [string, string]> = {
  code: ["Set up Bulkhead", "This installation has no owner yet. Prove that it is yours."],
  account: ["The first owner", "The account that everything else is given out from."],
  factor: ["A second factor", "A password alone is never enough to sign in."],
  recovery: ["Recovery codes", "Your way in when the second factor is lost."],
};

export function SetupPage() {
  usePageTitle("Set up");
  const session = useSession();
  const [progress, setProgress] = useProgress();

  // The session begins while the recovery codes are still on the page.
  if (session.state !== "setup_required" && progress.step !== "recovery") {
    return <Navigate to="/hosts" replace />;
  }
  return (
    <BecomeSomebody
      entrance={setupEntrance}
      installation={session.installation}
      titles={titles}
      progress={progress}
      onProgress={setProgress}
      codeStep={(onDone) => <CodeStep onDone={onDone} />}
    />
  );
}
