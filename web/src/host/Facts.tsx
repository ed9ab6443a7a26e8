import type { ReactNode } from "react";
import type { Host } from "../api/types";
import { Card } from "../ui/Card";
import { Fingerprint } from "../ui/Fingerprint";
import { nothing } from "../ui/format";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";

const modes: Record<string, string> = {
  monitor: "It reports measurements; nothing can be run on the host.",
  "allow-list": "Only what the host’s owner has named can be run.",
  full: "Signed intents can run anything that their signer may.",
};

export function Facts({ host }: { host: Host }) {
  return (
    <Card title="Facts" testId="host-facts">
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-2 p-3 text-sm">
        <Fact label="Host name">{host.hostname}</Fact>
        <Fact label="System">{host.os ?? nothing}</Fact>
        <Fact label="Kernel">{host.kernel ?? nothing}</Fact>
        <Fact label="Architecture">{host.architecture ?? nothing}</Fact>
        <Fact label="Agent">
          {host.kind === "foreign" ? "A foreign OpAMP agent" : (host.agentVersion ?? nothing)}
        </Fact>
        <Fact label="Mode">
          <span className="font-medium">{host.mode}</span>
          <p className="text-xs text-quiet">{modes[host.mode]}</p>
        </Fact>
        {!host.protectedFromServer && (
          <Fact label="Protection">
            <span
              data-testid="not-protected"
              className="inline-flex items-center gap-1.5 rounded-sm bg-late-soft px-1.5 font-medium text-late"
            >
              <Icon name="warning" size={12} />
              Not protected from its server
            </span>
            <p className="pt-1 text-xs text-quiet">
              Server and agent run here as the same user, so whoever takes the server has the agent too. Start{" "}
              <code className="font-mono">./bulkhead up</code> as root to keep them apart.
            </p>
          </Fact>
        )}
        <Fact label="Address">{host.remoteAddress ?? nothing}</Fact>
        <Fact label="Joined">
          <RelativeTime time={host.joinedAt} />
        </Fact>
        <Fact label="Last seen">
          <RelativeTime time={host.lastSeenAt} />
        </Fact>
        <Fact label="Device key">
          {host.deviceFingerprint ? <Fingerprint value={host.deviceFingerprint} /> : nothing}
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
