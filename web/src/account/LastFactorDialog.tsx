import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";

/** Whether the account has a single second factor, which cannot be removed. */
export function hasOneFactor({ totp, passkeys }: { totp: unknown; passkeys: readonly unknown[] }): boolean {
  return (totp === null ? 0 : 1) + passkeys.length === 1;
}

/** Why the last factor stays, and what to do first. */
export function LastFactorDialog({ what, onClose }: { what: string; onClose: () => void }) {
  return (
    <Dialog title="This is your last second factor" onClose={onClose} testId="last-factor">
      <p>
        {what} is all that you can confirm a sign-in with. Without it nobody could sign in to this account:
        recovery codes are for emergencies, and there is an end to them.
      </p>
      <p>Add another passkey or an authenticator app first. Then you can remove this one.</p>
      <DialogActions>
        <Button look="primary" onClick={onClose} data-first>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
