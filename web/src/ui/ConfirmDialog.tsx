import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent, type ReactNode } from "react";
import { Button } from "./Button";
import { Dialog, DialogActions } from "./Dialog";
import { Field } from "./Field";
import { Failure } from "./Notice";

interface ConfirmDialogProps<T> {
  title: string;
  /** What will happen, exactly. */
  children: ReactNode;
  confirm: string;
  cancel?: string;
  danger?: boolean;
  /** What has to be typed first, where the act cannot be taken back. */
  typed?: { label: string; text: string };
  act: () => Promise<T>;
  onDone: (result: T) => void;
  onClose: () => void;
  /** Puts a refusal into words; by default the server's own. */
  failure?: (error: unknown) => ReactNode;
  testId: string;
}

/** Asks once more, does it, and says why it could not be done. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { title, typed, danger, testId, onClose } = props;
  const [text, setText] = useState("");
  const act = useMutation({ mutationFn: props.act, onSuccess: props.onDone });
  const ready = typed === undefined || text.trim() === typed.text;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (ready) act.mutate();
  };
  return (
    <Dialog title={title} onClose={onClose} testId={testId}>
      <form onSubmit={submit} className="grid gap-4">
        <div className="grid gap-2">{props.children}</div>
        {typed && (
          <Field
            label={typed.label}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-testid={`${testId}-typed`}
          />
        )}
        {act.error && (props.failure?.(act.error) ?? <Failure error={act.error} />)}
        <DialogActions>
          <Button onClick={onClose}>{props.cancel ?? "Cancel"}</Button>
          <Button
            type="submit"
            look={danger ? "danger" : "primary"}
            busy={act.isPending}
            disabled={!ready}
            data-testid={`${testId}-confirm`}
          >
            {props.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
