import type { Host } from "../api/types";
import { may, useAccount } from "../session/account";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";

export type HostAction = "edit" | "remove";

interface HostMenuProps {
  host: Host;
  /** Has to outlive the row: the dialog it opens must not close when the rows are drawn anew. */
  onChoose: (action: HostAction, host: Host) => void;
  outlined?: boolean;
}

/** What can be done with a host, from its row and from its page. */
export function HostMenu({ host, onChoose, outlined }: HostMenuProps) {
  if (!may(useAccount(), "hosts_change")) return null;
  return (
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
              onChoose("edit", host);
            }}
          >
            Rename, change tags…
          </MenuItem>
          <MenuItem
            danger
            testId="host-remove"
            onSelect={() => {
              closeMenu();
              onChoose("remove", host);
            }}
          >
            Remove…
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
