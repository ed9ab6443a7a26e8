import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { fieldError } from "../access/refusals";
import { changePassword, checkPassword } from "../api/account";
import { ApiError } from "../api/client";
import { NewPassword } from "../identity/NewPassword";
import { usePasswordVerdict } from "../identity/usePasswordVerdict";
import { Trouble } from "../session/ProveFactor";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { useWait } from "../ui/Waiting";

interface ChangePasswordDialogProps {
  name: string;
  onDone: () => void;
  onClose: () => void;
}

/** All codes under which a server may say that the current password is another one. */
const wrongNow = new Set(["password_wrong", "factor_wrong", "sign_in_failed"]);

export function ChangePasswordDialog({ name, onDone, onClose }: ChangePasswordDialogProps) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const verdict = usePasswordVerdict(checkPassword, password, name);
  const change = useMutation({ mutationFn: () => changePassword(current, password), onSuccess: onDone });
  const wait = useWait(change.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const { error } = change;
  const wrong = error instanceof ApiError && wrongNow.has(error.code);
  const currentError = wrong ? "That is not your password." : fieldError(error, "current");
  const passwordError = fieldError(error, "password");
  return (
    <Dialog title="Change your password" onClose={onClose} testId="password-dialog">
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-quiet">All your other sessions end: whoever knows the old one is out.</p>
        {/* For password managers, which keep a password under its name. */}
        <input type="text" autoComplete="username" value={name} readOnly hidden />
        <Field
          label="Your password now"
          type="password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={currentError}
          autoComplete="current-password"
          required
          data-testid="password-current"
        />
        <NewPassword
          label="New password"
          value={password}
          onChange={setPassword}
          verdict={verdict}
          error={passwordError}
          testId="password-new"
        />
        {!currentError && !passwordError && <Trouble error={error} wait={wait} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={change.isPending}
            held={wait > 0}
            disabled={verdict?.accepted === false}
            data-testid="password-save"
          >
            Change it
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
