import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Refused } from "../access/Refused";
import { roleNames } from "../access/roleWords";
import { ScopeWords } from "../access/ScopeWords";
import type { Invitation } from "../api/accessTypes";
import { invitationsKey, invitationsQuery, revokeInvitation } from "../api/invitations";
import { may, useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { ListStates } from "../ui/ListStates";
import { Section } from "../ui/PageHead";
import { RelativeTime, TimeLeft } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { Standing } from "../ui/Standing";

const columns: readonly Column<Invitation>[] = [
  { id: "note", label: "For", cell: ({ note }) => <span className="break-words">{note}</span> },
  { id: "role", label: "Role", cell: ({ role }) => roleNames[role] },
  { id: "scope", label: "Hosts", cell: ({ scope }) => <ScopeWords scope={scope} /> },
  { id: "by", label: "Invited by", cell: ({ createdByName }) => createdByName, className: "max-lg:hidden" },
  {
    id: "made",
    label: "Made",
    cell: ({ createdAt }) => <RelativeTime time={createdAt} />,
    className: "max-lg:hidden",
  },
  { id: "state", label: "State", cell: (invitation) => <State invitation={invitation} /> },
];

export function Invitations() {
  const account = useAccount();
  const client = useQueryClient();
  const list = useInfiniteQuery(invitationsQuery);
  const all = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const [past, setPast] = useState(false);
  const [revoking, setRevoking] = useState<Invitation>();
  const shown = past ? all : all.filter(({ state }) => state === "open");
  const hidden = all.length - shown.length;
  const close = () => setRevoking(undefined);
  const reload = () => {
    void client.invalidateQueries({ queryKey: invitationsKey });
    close();
  };

  return (
    <Section
      title={past ? "Invitations" : "Open invitations"}
      action={
        (past || hidden > 0) && (
          <Button look="quiet" onClick={() => setPast(!past)} data-testid="invitations-past">
            {past ? "Show open ones only" : `Show ${hidden} past`}
          </Button>
        )
      }
    >
      <ListStates
        list={list}
        noun="invitations"
        isEmpty={shown.length === 0}
        empty={<p className="text-quiet">No invitation is open.</p>}
      >
        <Rows
          label="Invitations"
          columns={columns}
          rows={shown}
          actions={(invitation) =>
            invitation.state === "open" &&
            may(account, "people_invite") && (
              <Button
                look="quiet"
                className="h-8"
                aria-label={`Revoke the invitation for ${invitation.note}`}
                onClick={() => setRevoking(invitation)}
                data-testid="invitation-revoke"
              >
                Revoke…
              </Button>
            )
          }
          testId="invitations"
          rowTestId="invitation-row"
        />
      </ListStates>
      {revoking && (
        <ConfirmDialog
          title={`Revoke the invitation for ${revoking.note}?`}
          confirm="Revoke"
          cancel="Keep it"
          danger
          act={() => revokeInvitation(revoking.id)}
          onDone={reload}
          onClose={close}
          failure={(error) => <Refused error={error} />}
          testId="invitation-revoke-dialog"
        >
          <p>Its code stops working at once, also for somebody who is just entering a name and password.</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function State({ invitation }: { invitation: Invitation }) {
  switch (invitation.state) {
    case "open":
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <Standing tone="waiting" state="open">
            Open
          </Standing>
          <span className="text-xs text-quiet">
            expires <TimeLeft time={invitation.expiresAt} />
          </span>
        </span>
      );
    case "accepted":
      return (
        <Standing tone="good" state="accepted">
          {`Accepted by ${invitation.acceptedByName ?? "somebody"}`}
        </Standing>
      );
    case "expired":
      return <span className="text-quiet">Expired</span>;
    case "revoked":
      return <span className="text-quiet">Revoked</span>;
  }
}
