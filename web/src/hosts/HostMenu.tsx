import { useState } from "react";
import type { Host } from "../api/types";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { EditHostDialog } from "./EditHostDialog";
import { RemoveHostDialog } from "./RemoveHostDialog";

interface HostMenuProps {
  host: Host;
  onRemoved?: () => void;
  outlined?: boolean;
}

/** What can be done with a host, from its row and from its page. */
export function HostMenu({ host, onRemoved, outlined }: HostMenuProps) {
  const [dialog, setDialog] = useState<"edit" | "remove">();
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu
        label={`Actions for ${host.name}`}
        trigger={<Icon name="more" />}
        triggerClass={outlined ? "h-9 w-9 border border-edge bg-raised" : ""}
        triggerTabIndex={outlined ? 0 : -1}
        testId="host-menu"
      >
        {(closeMenu) => (
          <>
            <MenuItem
              testId="host-edit"
              onSelect={() => {
                closeMenu();
                setDialog("edit");
              }}
            >
              Rename, change tags…
            </MenuItem>
            <MenuItem
              danger
              testId="host-remove"
              onSelect={() => {
                closeMenu();
                setDialog("remove");
              }}
            >
              Remove…
            </MenuItem>
          </>
        )}
      </Menu>
      {dialog === "edit" && <EditHostDialog host={host} onClose={close} />}
      {dialog === "remove" && <RemoveHostDialog host={host} onClose={close} onRemoved={onRemoved} />}
    </>
  );
}
