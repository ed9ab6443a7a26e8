import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Failure } from "../ui/Notice";
import { Skeleton } from "../ui/Skeleton";
import { useNow } from "../ui/useNow";
import { Joined } from "./Joined";
import { JoinStatusPanel } from "./JoinStatusPanel";
import { JoinCommand } from "./JoinCommand";
import { useJoin } from "./useJoin";

export function AddHostDialog({ onClose }: { onClose: () => void }) {
  const { invitation, error, status, again } = useJoin();
  const left = useSecondsLeft(invitation?.offer.expiresAt);
  const over = status?.state === "expired" || (left !== undefined && left <= 0);

  return (
    <Dialog title="Add host" onClose={onClose} wide testId="join-dialog">
      {error !== undefined && <Failure error={error} action={<Button onClick={again}>Try again</Button>} />}
      {!invitation && error === undefined && <Skeleton className="h-24 w-full" />}
      {invitation && status?.state === "joined" && status.host ? (
        <Joined host={status.host} onAnother={again} onClose={onClose} />
      ) : (
        invitation && (
          <>
            <JoinCommand code={invitation.code} link={invitation.offer.link} usable={!over} />
            <JoinStatusPanel status={status} over={over} secondsLeft={left ?? 0} onAgain={again} />
            <DialogActions>
              <Button onClick={onClose} data-testid="join-cancel">
                Cancel and withdraw the code
              </Button>
            </DialogActions>
          </>
        )
      )}
    </Dialog>
  );
}

function useSecondsLeft(expiresAt: string | undefined): number | undefined {
  const now = useNow();
  return expiresAt === undefined ? undefined : (Date.parse(expiresAt) - now) / 1_000;
}
