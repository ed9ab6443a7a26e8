import { useLayoutEffect, useRef, type ReactNode } from "react";

interface PaletteDialogProps {
  onClose: () => void;
  children: ReactNode;
}

export function PaletteDialog({ onClose, children }: PaletteDialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  // Closed while it is still in the page: the browser gives the focus back from there only.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // A click on the backdrop lands on the dialog itself; Escape does the same by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={element}
      aria-label="Go to"
      data-testid="palette"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="mx-auto mt-[12vh] mb-auto w-[calc(100vw-24px)] max-w-[560px] overflow-hidden rounded-lg border border-line bg-raised p-0 text-ink shadow-pop"
    >
      {children}
    </dialog>
  );
}
