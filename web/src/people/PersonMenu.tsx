import type { Person } from "../api/accessTypes";
import { may, useAccount } from "../session/account";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";

export type PersonAction = "role" | "sessions" | "suspend" | "resume" | "platform" | "remove";

interface PersonMenuProps {
  person: Person;
  onChoose: (action: PersonAction, person: Person) => void;
}

/** What the asker may do with a person; nothing at all with themselves. */
export function PersonMenu({ person, onChoose }: PersonMenuProps) {
  const account = useAccount();
  const change = person.changeable && !person.isSelf && may(account, "people_change");
  const platform = !person.isSelf && may(account, "platform_tenants");
  if (!change && !platform) return null;
  return (
    <Menu label={`Actions for ${person.name}`} trigger={<Icon name="more" />} testId="person-menu">
      {(close) => {
        const choose = (action: PersonAction) => () => {
          close();
          onChoose(action, person);
        };
        const suspended = person.state === "suspended";
        return (
          <>
            {change && (
              <MenuItem onSelect={choose("role")} testId="person-role">
                Change role and hosts…
              </MenuItem>
            )}
            {change && person.sessions > 0 && (
              <MenuItem onSelect={choose("sessions")} testId="person-sessions">
                End all sessions…
              </MenuItem>
            )}
            {change && (
              <MenuItem
                onSelect={choose(suspended ? "resume" : "suspend")}
                testId={suspended ? "person-resume" : "person-suspend"}
              >
                {suspended ? "Let in again…" : "Suspend…"}
              </MenuItem>
            )}
            {platform && (
              <MenuItem onSelect={choose("platform")} testId="person-platform">
                {person.platform ? "Take platform operator away…" : "Make platform operator…"}
              </MenuItem>
            )}
            {change && (
              <MenuItem danger onSelect={choose("remove")} testId="person-remove">
                Remove…
              </MenuItem>
            )}
          </>
        );
      }}
    </Menu>
  );
}
