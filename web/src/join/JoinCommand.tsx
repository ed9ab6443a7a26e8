import { useId } from "react";
import type { JoinOffer } from "../api/types";
import { classes } from "../ui/classes";
import { CopyButton } from "../ui/CopyButton";
import { Notice } from "../ui/Notice";

interface JoinCommandProps {
  code: string;
  link: JoinOffer["link"];
  usable: boolean;
}

export function JoinCommand({ code, link, usable }: JoinCommandProps) {
  const titleId = useId();
  const command = `./bulkhead agent join ${code}`;
  return (
    <>
      <div className="grid gap-2">
        <div className="flex items-center justify-between gap-2">
          <p id={titleId} className="font-medium">
            Run this on the machine that is to join
          </p>
          {usable && <CopyButton text={command} look="primary" testId="join-copy" />}
        </div>
        <pre
          // A region that scrolls has to be reachable by keyboard.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-labelledby={titleId}
          data-testid="join-command"
          className={classes(
            "overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-sm",
            !usable && "opacity-55",
          )}
        >
          {command}
        </pre>
      </div>
      {link.loopbackOnly && (
        <Notice tone="warning" title="Only this machine can join for now">
          The agent link listens on {link.addresses.join(", ")} alone. To let other machines in, stop Bulkhead
          and start it with{" "}
          <code className="font-mono whitespace-nowrap">./bulkhead up --link-address ADDR</code>, where ADDR
          is an address of this machine that they can reach.
        </Notice>
      )}
      <details className="group text-sm">
        <summary className="w-fit font-medium text-quiet hover:text-ink">What this command does</summary>
        <ul className="mt-2 grid list-disc gap-1 pl-5 text-quiet">
          <li>It makes the host’s keys there; no private key ever leaves the host.</li>
          <li>It trusts this server alone: the code carries the fingerprint of its certificate authority.</li>
          <li>
            The secret in the code was made in this page. The server knows a digest of it; the code works once
            and for 15 minutes.
          </li>
          <li>
            The agent starts in mode <strong className="font-medium text-ink">monitor</strong>: it reports
            measurements, and nothing can be run on the host.
          </li>
        </ul>
      </details>
    </>
  );
}
