import type { Tenant } from "../api/accessTypes";
import { Badge } from "../ui/Badge";
import { count } from "../ui/format";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { RelativeTime, TimeLeft } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { Standing } from "../ui/Standing";
import type { TenantAction } from "./TenantDialog";

const columns: readonly Column<Tenant>[] = [
  {
    id: "name",
    label: "Name",
    cell: ({ name, isOwn }) => (
      <span className="flex min-w-0 flex-wrap items-center gap-1.5">
        <span className="min-w-0 break-words">{name}</span>
        {isOwn && <Badge title="You are in this tenant">yours</Badge>}
      </span>
    ),
  },
  {
    id: "slug",
    label: "Short name",
    cell: ({ slug }) => <code className="font-mono text-xs">{slug}</code>,
  },
  { id: "people", label: "People", cell: ({ people }) => count(people) },
  { id: "hosts", label: "Hosts", cell: ({ hosts }) => count(hosts) },
  {
    id: "made",
    label: "Made",
    cell: ({ createdAt }) => <RelativeTime time={createdAt} />,
    className: "max-lg:hidden",
  },
  { id: "state", label: "State", cell: (tenant) => <State tenant={tenant} /> },
];

interface TenantListProps {
  tenants: readonly Tenant[];
  onChoose: (action: TenantAction, tenant: Tenant) => void;
}

export function TenantList({ tenants, onChoose }: TenantListProps) {
  return (
    <Rows
      label="Tenants"
      columns={columns}
      rows={tenants}
      actions={(tenant) => <TenantMenu tenant={tenant} onChoose={onChoose} />}
      testId="tenants"
      rowTestId="tenant-row"
    />
  );
}

function State({ tenant }: { tenant: Tenant }) {
  return tenant.state === "active" ? (
    <Standing tone="good" state="active">
      Active
    </Standing>
  ) : (
    <span className="flex flex-wrap items-center gap-x-2">
      <Standing tone="over" state="deleted">
        Deleted
      </Standing>
      {tenant.purgeAt && (
        <span className="text-xs text-quiet">
          data goes <TimeLeft time={tenant.purgeAt} />
        </span>
      )}
    </span>
  );
}

interface TenantMenuProps {
  tenant: Tenant;
  onChoose: (action: TenantAction, tenant: Tenant) => void;
}

/** The own tenant is deleted by its owner, under Settings. */
function TenantMenu({ tenant, onChoose }: TenantMenuProps) {
  if (tenant.isOwn) return null;
  return (
    <Menu label={`Actions for ${tenant.name}`} trigger={<Icon name="more" />} testId="tenant-menu">
      {(close) => {
        const choose = (action: TenantAction) => () => {
          close();
          onChoose(action, tenant);
        };
        return tenant.state === "active" ? (
          <MenuItem danger onSelect={choose("delete")} testId="tenant-delete">
            Delete…
          </MenuItem>
        ) : (
          <>
            <MenuItem onSelect={choose("restore")} testId="tenant-restore">
              Restore…
            </MenuItem>
            <MenuItem danger onSelect={choose("purge")} testId="tenant-purge">
              Remove the data now…
            </MenuItem>
          </>
        );
      }}
    </Menu>
  );
}
