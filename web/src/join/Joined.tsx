import { Link } from "@tanstack/react-router";
import type { JoinStatus } from "../api/types";
import { Button } from "../ui/Button";
import { DialogActions } from "../ui/Dialog";
import { Fingerprint } from "../ui/Fingerprint";
import { Notice } from "../ui/Notice";

interface JoinedProps {
  host: NonNullable<JoinStatus["host"]>;
  onAnother: () => void;
  onClose: () => void;
}

export function Joined({ host, onAnother, onClose }: JoinedProps) {
  return (
    <>
      <div data-testid="join-status" data-state="joined" role="status">
        <Notice tone="good" title={<span data-testid="joined-host">{host.name} has joined</span>}>
          <div className="grid gap-2">
            <p>
              The fingerprint of its device key, as{" "}
              <code className="font-mono">./bulkhead agent fingerprint</code> prints it there:
            </p>
            <Fingerprint value={host.deviceFingerprint} />
          </div>
        </Notice>
      </div>
      <DialogActions>
        <Button onClick={onAnother}>Add another</Button>
        <Link
          to="/hosts/$hostId"
          params={{ hostId: host.id }}
          onClick={onClose}
          data-testid="open-joined-host"
          className="inline-flex h-9 items-center rounded-md bg-accent px-3 text-sm font-medium text-on-accent hover:bg-accent-hover"
        >
          Open the host
        </Link>
      </DialogActions>
    </>
  );
}
