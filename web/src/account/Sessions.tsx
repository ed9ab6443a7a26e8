import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../access/Refused";
import { endOtherSessions, endOwnSession, ownSessionsQuery } from "../api/account";
import type { OwnSession } from "../api/accountTypes";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { ListStates } from "../ui/ListStates";
import { Section } from "../ui/PageHead";
import { RelativeTime, TimeLeft } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { deviceInWords } from "./device";

const columns: readonly Column<OwnSession>[] = [
  {
    id: "device",
    label: "Device",
    cell: ({ userAgent, current }) => (
      <span className="flex flex-wrap items-center gap-1.5">
        <span title={userAgent ?? undefined}>{deviceInWords(userAgent)}</span>
        {current && <Badge accent>this one</Badge>}
      </span>
    ),
  },
  {
    id: "address",
    label: "Address",
    cell: ({ address }) => <code className="font-mono break-all">{address ?? "–"}</code>,
  },
  { id: "seen", label: "Last active", cell: ({ lastSeenAt }) => <RelativeTime time={lastSeenAt} /> },
  { id: "made", label: "Signed in", cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
  { id: "ends", label: "Ends", cell: ({ expiresAt }) => <TimeLeft time={expiresAt} /> },
];

/** Where this account is signed in. */
export function Sessions() {
  const client = useQueryClient();
  const list = useQuery(ownSessionsQuery);
  const [open, setOpen] = useState<OwnSession | "others">();
  const close = () => setOpen(undefined);
  const done = () => {
    void client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    close();
  };
  const sessions = [...(list.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current));
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <Section
      title="Sessions"
      action={
        others > 0 && (
          <Button look="danger" onClick={() => setOpen("others")} data-testid="sessions-end">
            End all others…
          </Button>
        )
      }
    >
      <p className="text-quiet">
        The browsers that are signed in as you. If you do not know one, end it and change your password.
      </p>
      <ListStates list={list} noun="sessions" isEmpty={sessions.length === 0} empty={null}>
        <Rows
          label="Sessions"
          columns={columns}
          rows={sessions}
          actions={(session) =>
            !session.current && (
              <Button
                look="quiet"
                aria-label={`End the session of ${deviceInWords(session.userAgent)}`}
                onClick={() => setOpen(session)}
                data-testid="session-end"
              >
                End…
              </Button>
            )
          }
          testId="sessions"
          rowTestId="session-row"
        />
      </ListStates>
      {open && (
        <ConfirmDialog
          title={open === "others" ? "End all other sessions?" : "End this session?"}
          confirm={open === "others" ? "End all others" : "End the session"}
          danger
          act={() => (open === "others" ? endOtherSessions() : endOwnSession(open))}
          onDone={done}
          onClose={close}
          failure={(error) => <Refused error={error} onReload={done} />}
          testId="session-end-dialog"
        >
          <p>
            {open === "others"
              ? "Only this browser stays signed in. The others are shut out at once."
              : `${deviceInWords(open.userAgent)}, ${open.address ?? "at an unknown address"}, is shut out at once. To come back it has to sign in.`}
          </p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
