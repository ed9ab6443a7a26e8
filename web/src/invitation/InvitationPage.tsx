import { Link, Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { aRole, roleWords } from "../access/roleWords";
import type { InvitationOffer } from "../api/accessTypes";
import { invitationEntrance } from "../api/invitations";
import type { SignedIn } from "../api/session";
import { BecomeSomebody, useProgress } from "../identity/BecomeSomebody";
import type { Step } from "../identity/Steps";
import { useSession } from "../session/useSession";
import { useSignOut } from "../session/useSignOut";
import { Gate } from "../shell/Gate";
import { Button } from "../ui/Button";
import { usePageTitle } from "../ui/usePageTitle";
import { CodeStep } from "./CodeStep";
import { useCarriedCode } from "./useCarriedCode";

export function InvitationPage() {
  usePageTitle("Invitation");
  const session = useSession();
  const [progress, setProgress] = useProgress();
  const carried = useCarriedCode();
  const [offer, setOffer] = useState<InvitationOffer>();

  if (session.state === "setup_required") return <Navigate to="/setup" replace />;
  if (session.state === "signed_in" && progress.step !== "recovery") return <AlreadyIn session={session} />;
  return (
    <BecomeSomebody
      entrance={invitationEntrance}
      installation={session.installation}
      titles={titlesFor(offer)}
      progress={progress}
      onProgress={setProgress}
      codeStep={(onDone) => (
        <CodeStep
          key={carried}
          code={carried}
          onDone={(found) => {
            setOffer(found);
            onDone(found);
          }}
        />
      )}
    />
  );
}

function titlesFor(offer: InvitationOffer | undefined): Record<Step, [string, React.ReactNode]> {
  const welcome = offer && (
    <>
      {offer.invitedBy} invites you ({offer.note}) as {aRole(offer.role)}. {roleWords[offer.role]}
    </>
  );
  return {
    code: ["You are invited", "Enter the code that you were given."],
    account: [offer ? `Join ${offer.tenantName}` : "Your account", welcome],
    factor: ["A second factor", "A password alone is never enough to sign in."],
    recovery: ["Recovery codes", "Your way in when the second factor is lost."],
  };
}

function AlreadyIn({ session }: { session: SignedIn }) {
  const signOut = useSignOut();
  return (
    <Gate title="You are signed in already">
      <p className="text-quiet" data-testid="invitation-signed-in">
        This browser is signed in as {session.account.name}. An invitation makes a new account: sign out first
        if it is meant for you, or hand it to whom it is for.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out and go on
        </Button>
        <Link to="/hosts" className="link self-center px-2">
          Stay signed in
        </Link>
      </div>
    </Gate>
  );
}
