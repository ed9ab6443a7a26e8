import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AllowedNetwork } from "../api/accountTypes";
import { networksQuery } from "../api/networks";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { ListStates } from "../ui/ListStates";
import { Menu, MenuItem } from "../ui/Menu";
import { Section } from "../ui/PageHead";
import { RelativeTime } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { Standing } from "../ui/Standing";
import { NetworkDialog, type NetworkAction } from "./NetworkDialog";
import { networkHolds } from "./networkHolds";

type Open = { action: "new" } | { action: NetworkAction; network: AllowedNetwork };

/** From where the tenant can be used at all. */
export function AllowedNetworks() {
  const client = useQueryClient();
  const list = useQuery(networksQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const done = () => {
    void client.invalidateQueries({ queryKey: networksQuery.queryKey });
    close();
  };
  const networks = list.data?.items ?? [];
  const address = list.data?.yourAddress ?? "";
  const add = (
    <Button icon="plus" onClick={() => setOpen({ action: "new" })} data-testid="network-new">
      Add a network
    </Button>
  );
  return (
    <Section title="Allowed networks" action={networks.length > 0 && add}>
      <p className="text-quiet">
        Where people, programs and browsers have to be to use this tenant. While none is on, it can be used
        from everywhere. Hosts are not concerned: they prove themselves by certificate.
      </p>
      <ListStates
        list={list}
        noun="allowed networks"
        isEmpty={networks.length === 0}
        empty={
          <EmptyState title="Usable from everywhere" testId="networks-empty" action={add}>
            A stolen password or token works from anywhere, too. Add the networks that your people and
            programs come from, and it works from nowhere else.
          </EmptyState>
        }
      >
        <Rows
          label="Allowed networks"
          columns={columnsFor(address)}
          rows={networks}
          actions={(network) => <NetworkMenu network={network} onChoose={setOpen} />}
          testId="networks"
          rowTestId="network-row"
        />
        <Yours address={address} networks={networks} />
      </ListStates>
      {open && (
        <NetworkDialog {...open} networks={networks} address={address} onDone={done} onClose={close} />
      )}
    </Section>
  );
}

function columnsFor(address: string): Column<AllowedNetwork>[] {
  return [
    {
      id: "cidr",
      label: "Network",
      cell: ({ cidr, enabled }) => (
        <span className="flex flex-wrap items-center gap-1.5">
          <code className="font-mono break-all">{cidr}</code>
          {enabled && networkHolds(cidr, address) && <Badge title={`Your address is ${address}`}>you</Badge>}
        </span>
      ),
    },
    {
      id: "description",
      label: "For",
      cell: ({ description }) => (
        <span className="break-words">{description || <span className="text-quiet">–</span>}</span>
      ),
    },
    {
      id: "made",
      label: "Added",
      cell: ({ createdByName, createdAt }) => (
        <span className="break-words">
          <RelativeTime time={createdAt} /> <span className="text-quiet">by {createdByName}</span>
        </span>
      ),
    },
    {
      id: "state",
      label: "State",
      cell: ({ enabled }) =>
        enabled ? (
          <Standing tone="good" state="on">
            On
          </Standing>
        ) : (
          <Standing tone="stopped" state="off">
            Off
          </Standing>
        ),
    },
  ];
}

function Yours({ address, networks }: { address: string; networks: readonly AllowedNetwork[] }) {
  const on = networks.filter(({ enabled }) => enabled);
  const mine = on.find(({ cidr }) => networkHolds(cidr, address));
  return (
    <p className="text-sm text-quiet" data-testid="networks-yours">
      Your address is <code className="font-mono text-ink">{address}</code>
      {mine
        ? `, which ${mine.cidr} allows.`
        : on.length === 0
          ? ". None of these is on, so this tenant can be used from everywhere."
          : "."}
    </p>
  );
}

interface NetworkMenuProps {
  network: AllowedNetwork;
  onChoose: (open: Open) => void;
}

function NetworkMenu({ network, onChoose }: NetworkMenuProps) {
  const words: [NetworkAction, string][] = [
    ["edit", "Say what it is for…"],
    network.enabled ? ["disable", "Turn off…"] : ["enable", "Turn on…"],
    ["remove", "Remove…"],
  ];
  return (
    <Menu label={`Actions for ${network.cidr}`} trigger={<Icon name="more" />} testId="network-menu">
      {(close) =>
        words.map(([action, label]) => (
          <MenuItem
            key={action}
            danger={action === "remove"}
            testId={`network-${action}`}
            onSelect={() => {
              close();
              onChoose({ action, network });
            }}
          >
            {label}
          </MenuItem>
        ))
      }
    </Menu>
  );
}
