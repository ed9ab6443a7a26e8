import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Refused } from "../access/Refused";
import { CalledOff } from "../api/client";
import { exportTenant } from "../api/tenants";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { bytes } from "../ui/format";
import { saveFile } from "../ui/saveFile";

/** Everything of the tenant as one file; it says how far it is, and can be stopped. */
export function ExportTenant() {
  const [received, setReceived] = useState(0);
  const abort = useRef<AbortController>(undefined);
  const run = useMutation({
    mutationFn: async () => {
      setReceived(0);
      abort.current = new AbortController();
      return exportTenant(abort.current.signal, setReceived);
    },
    onSuccess: ({ fileName, content }) => saveFile(fileName, content),
  });
  useEffect(() => () => abort.current?.abort(), []);
  const stopped =
    run.error instanceof CalledOff || (run.error instanceof DOMException && run.error.name === "AbortError");
  return (
    <Card title="Export" testId="tenant-export">
      <div className="grid gap-3 p-3">
        <p className="text-quiet">
          One zip file with everything that this tenant holds: people, hosts, groups, invitations and the
          record of what was done, a table in each file. It holds no password, key or token, and cannot be
          used to sign in. Measurements are not in it.
        </p>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {run.isPending ? (
            <Button onClick={() => abort.current?.abort()} data-testid="export-stop">
              Stop
            </Button>
          ) : (
            <Button icon="download" onClick={() => run.mutate()} data-testid="export-start">
              Export
            </Button>
          )}
          <span role="status" data-testid="export-status" className="text-sm text-quiet">
            {run.isPending && (received === 0 ? "Preparing…" : `${bytes(received)} received…`)}
            {run.isSuccess && `Saved as ${run.data.fileName}, ${bytes(run.data.content.size)}.`}
            {stopped && "Stopped. Nothing was saved."}
          </span>
        </div>
        {run.error && !stopped && <Refused error={run.error} />}
      </div>
    </Card>
  );
}
