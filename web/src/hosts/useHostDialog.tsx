import { useCallback, useState, type ReactNode } from "react";
import type { Host } from "../api/types";
import { EditHostDialog } from "./EditHostDialog";
import type { HostAction } from "./HostMenu";
import { RemoveHostDialog } from "./RemoveHostDialog";

interface HostDialog {
  choose: (action: HostAction, host: Host) => void;
  /** The dialog that is open, if one is. */
  dialog: ReactNode;
}

/** The dialogs of a host's menu, kept by whoever stays when rows come and go. */
export function useHostDialog(onRemoved?: () => void): HostDialog {
  const [open, setOpen] = useState<{ action: HostAction; host: Host }>();
  const choose = useCallback((action: HostAction, host: Host) => setOpen({ action, host }), []);
  const close = () => setOpen(undefined);
  const dialog =
    open?.action === "edit" ? (
      <EditHostDialog host={open.host} onClose={close} />
    ) : (
      open && <RemoveHostDialog host={open.host} onClose={close} onRemoved={onRemoved} />
    );
  return { choose, dialog };
}
