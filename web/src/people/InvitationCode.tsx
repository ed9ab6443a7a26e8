import { aRole } from "../access/roleWords";
import type { MadeInvitation } from "../api/accessTypes";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { DialogActions } from "../ui/Dialog";
import { exactTime } from "../ui/format";
import { Notice } from "../ui/Notice";
import { OnceOnly } from "../ui/OnceOnly";
import { invitationLink } from "./invitationLink";

interface InvitationCodeProps {
  made: MadeInvitation;
  /** Where it leads to. */
  tenantName: string;
  /** What to do if the code does not arrive. */
  ifLost: string;
  onClose: () => void;
}

/** The code, which only this answer carries, and how it gets to whom it is for. */
export function InvitationCode({ made, tenantName, ifLost, onClose }: InvitationCodeProps) {
  const { invitation, code } = made;
  return (
    <div className="grid gap-4">
      <OnceOnly label="Code" value={code} testId="invite-code" />
      <div className="grid gap-2">
        <p className="font-medium">How to hand it over</p>
        <ol className="grid list-decimal gap-1 pl-5 text-quiet">
          <li>
            Send the link, or the code, to {invitation.note} by a way that only they read: face to face, on
            the telephone, or in an encrypted message.
          </li>
          <li>
            They open the link, or <span className="break-words text-ink">{location.origin}/invitation</span>{" "}
            and enter the code, and choose a name, a password and a second factor.
          </li>
          <li>
            They are then {aRole(invitation.role)} of {tenantName}. It works once, until{" "}
            {exactTime(invitation.expiresAt)}.
          </li>
        </ol>
        <div>
          <CopyButton
            text={invitationLink(location.origin, code)}
            label="Copy the link with the code"
            testId="invite-link-copy"
          />
        </div>
      </div>
      <Notice tone="warning" title="Shown only now">
        Whoever has the code first becomes {aRole(invitation.role)}. If it is lost or went astray, {ifLost}.
      </Notice>
      <DialogActions>
        <Button look="primary" onClick={onClose} data-testid="invite-done">
          Done
        </Button>
      </DialogActions>
    </div>
  );
}
