import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Refused } from "../access/Refused";
import type { HostGroup } from "../api/accessTypes";
import { deleteGroup, groupsQuery } from "../api/groups";
import { ownTenantQuery } from "../api/tenants";
import { may, useAccount } from "../session/account";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { EmptyState } from "../ui/EmptyState";
import { counted } from "../ui/format";
import { ListStates } from "../ui/ListStates";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { Section } from "../ui/PageHead";
import { Rows, type Column } from "../ui/Rows";
import { GroupDialog } from "./GroupDialog";

const columns: readonly Column<HostGroup>[] = [
  { id: "name", label: "Group", cell: ({ name }) => <span className="break-words">{name}</span> },
  {
    id: "tags",
    label: "Tags",
    cell: ({ tags }) => (
      <span className="flex flex-wrap gap-1">
        {tags.map((tag) => (
          <Link key={tag} to="/hosts" search={{ tag }} title={`Hosts with ${tag}`}>
            <Badge>{tag}</Badge>
          </Link>
        ))}
      </span>
    ),
  },
  { id: "hosts", label: "Holds", cell: ({ hosts }) => counted(hosts, "host") },
];

type Open = { action: "new" } | { action: "edit" | "delete"; group: HostGroup };

export function Groups() {
  const account = useAccount();
  const mayChange = may(account, "tenant_change");
  const client = useQueryClient();
  const list = useQuery(groupsQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const done = () => {
    void client.invalidateQueries({ queryKey: groupsQuery.queryKey });
    void client.invalidateQueries({ queryKey: ownTenantQuery.queryKey });
    close();
  };
  const groups = list.data ?? [];
  return (
    <Section
      title="Groups of hosts"
      action={
        mayChange && (
          <Button icon="plus" onClick={() => setOpen({ action: "new" })} data-testid="group-new">
            New group
          </Button>
        )
      }
    >
      <p className="text-quiet">
        A name for several tags. A role can be limited to a group; when its tags change, so does what those
        people see.
      </p>
      <ListStates
        list={list}
        noun="groups"
        isEmpty={groups.length === 0}
        empty={
          <EmptyState title="No groups yet" testId="groups-empty">
            {mayChange
              ? "Make one for a team’s hosts, such as “Production”, and limit a role to it under People."
              : "An owner or admin can make one."}
          </EmptyState>
        }
      >
        <Rows
          label="Groups of hosts"
          columns={columns}
          rows={groups}
          {...(mayChange && {
            actions: (group: HostGroup) => <GroupMenu group={group} onChoose={setOpen} />,
          })}
          testId="groups"
          rowTestId="group-row"
        />
      </ListStates>
      {open?.action === "new" && <GroupDialog onDone={done} onClose={close} />}
      {open?.action === "edit" && <GroupDialog group={open.group} onDone={done} onClose={close} />}
      {open?.action === "delete" && (
        <ConfirmDialog
          title={`Delete the group ${open.group.name}?`}
          confirm="Delete the group"
          cancel="Keep it"
          danger
          act={() => deleteGroup(open.group)}
          onDone={done}
          onClose={close}
          failure={(error) => <Refused error={error} />}
          testId="group-delete-dialog"
        >
          <p>The hosts and their tags stay as they are. A group that limits somebody’s role is kept.</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function GroupMenu({ group, onChoose }: { group: HostGroup; onChoose: (open: Open) => void }) {
  return (
    <Menu label={`Actions for ${group.name}`} trigger={<Icon name="more" />} testId="group-menu">
      {(close) =>
        (["edit", "delete"] as const).map((action) => (
          <MenuItem
            key={action}
            danger={action === "delete"}
            testId={`group-${action}`}
            onSelect={() => {
              close();
              onChoose({ action, group });
            }}
          >
            {action === "edit" ? "Rename, change tags…" : "Delete…"}
          </MenuItem>
        ))
      }
    </Menu>
  );
}
