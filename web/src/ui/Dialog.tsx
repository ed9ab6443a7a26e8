import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { IconButton } from "./Button";
import { classes } from "./classes";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  testId?: string;
}

const first = "input:not([type=checkbox], [type=radio], [readonly]), [data-first]";

/** A modal of the browser's own: focus stays inside and returns where it was. */
export function Dialog({ title, onClose, children, wide, testId }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // Closed while it is still in the page: the browser gives the focus back from there only.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // What is asked for first comes first; without a field, the browser's choice stands.
    dialog?.querySelector<HTMLElement>(first)?.focus();
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={classes(
        "m-auto max-h-[calc(100dvh-32px)] w-[calc(100vw-24px)] overflow-y-auto rounded-lg border border-line bg-raised p-0 text-ink shadow-pop",
        wide ? "max-w-[720px]" : "max-w-[460px]",
      )}
    >
      <div className="flex items-center justify-between gap-2 border-b border-line py-2 pr-2 pl-4">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label="Close" onClick={onClose} />
      </div>
      <div className="grid gap-4 p-4">{children}</div>
    </dialog>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2">{children}</div>;
}
