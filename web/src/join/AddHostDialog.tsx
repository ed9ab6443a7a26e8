import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../access/Refused";
import { tagsOf } from "../access/scope";
import { groupsQuery } from "../api/groups";
import { useAccount } from "../session/account";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Skeleton } from "../ui/Skeleton";
import { useNow } from "../ui/useNow";
import { Joined } from "./Joined";
import { JoinStatusPanel } from "./JoinStatusPanel";
import { JoinCommand } from "./JoinCommand";
import { TagChoice } from "./TagChoice";
import { useJoin } from "./useJoin";

/** Lets a host join. Somebody whose role covers some hosts says first which of their tags it gets. */
export function AddHostDialog({ onClose }: { onClose: () => void }) {
  const { scope } = useAccount();
  const groups = useQuery({ ...groupsQuery, enabled: scope !== null });
  const own = tagsOf(scope, groups.data ?? []);
  const [chosen, setChosen] = useState<string[]>();
  // With a single tag there is nothing to choose.
  const tags = own === undefined ? [] : own.length === 1 ? own : chosen;

  return (
    <Dialog title="Add host" onClose={onClose} wide testId="join-dialog">
      {scope !== null && groups.isPending ? (
        <Skeleton className="h-24 w-full" />
      ) : tags ? (
        <Joining tags={tags} onClose={onClose} />
      ) : (
        <TagChoice own={own ?? []} onDone={setChosen} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Joining({ tags, onClose }: { tags: readonly string[]; onClose: () => void }) {
  const { invitation, error, status, again } = useJoin(tags);
  const left = useSecondsLeft(invitation?.offer.expiresAt);
  const over = status?.state === "expired" || (left !== undefined && left <= 0);

  return (
    <>
      {error !== undefined && (
        <>
          <Refused error={error} />
          <DialogActions>
            <Button onClick={again}>Try again</Button>
          </DialogActions>
        </>
      )}
      {!invitation && error === undefined && <Skeleton className="h-24 w-full" />}
      {invitation && status?.state === "joined" && status.host ? (
        <Joined host={status.host} onAnother={again} onClose={onClose} />
      ) : (
        invitation && (
          <>
            <JoinCommand code={invitation.code} link={invitation.offer.link} usable={!over} />
            {tags.length > 0 && (
              <p className="flex flex-wrap items-center gap-1.5 text-sm text-quiet" data-testid="join-tags">
                The host gets the tags{" "}
                {tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </p>
            )}
            <JoinStatusPanel status={status} over={over} secondsLeft={left ?? 0} onAgain={again} />
            <DialogActions>
              <Button onClick={onClose} data-testid="join-cancel">
                Cancel and withdraw the code
              </Button>
            </DialogActions>
          </>
        )
      )}
    </>
  );
}

function useSecondsLeft(expiresAt: string | undefined): number | undefined {
  const now = useNow();
  return expiresAt === undefined ? undefined : (Date.parse(expiresAt) - now) / 1_000;
}
