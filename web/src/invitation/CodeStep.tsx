import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import type { InvitationOffer } from "../api/accessTypes";
import { ApiError } from "../api/client";
import { enterInvitationCode } from "../api/invitations";
import { findCode } from "../people/invitationLink";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Failure, Notice } from "../ui/Notice";

interface CodeStepProps {
  /** What the link carried; empty if nothing. */
  code: string;
  onDone: (offer: InvitationOffer) => void;
}

export function CodeStep({ code: first, onDone }: CodeStepProps) {
  const [code, setCode] = useState(first);
  const enter = useMutation({
    mutationFn: () => enterInvitationCode(findCode(code) ?? code.trim()),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  const wrong = enter.error instanceof ApiError && enter.error.code === "invitation_wrong";
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Invitation code"
        hint={
          first
            ? "Taken from your link. Nothing has been sent yet."
            : "It begins with bhi1_. A whole link works too."
        }
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        mono
        data-testid="invitation-code"
      />
      {wrong && (
        <Notice tone="failure" title="This code lets nobody in">
          It may be mistyped, used already, expired or revoked. Ask whoever invited you for a new one.
        </Notice>
      )}
      {enter.error && !wrong && <Failure error={enter.error} />}
      <Button type="submit" look="primary" busy={enter.isPending} data-testid="invitation-code-submit">
        Continue
      </Button>
    </form>
  );
}
