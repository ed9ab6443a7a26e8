import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/client";
import { sessionQuery } from "../api/session";
import type { Problem } from "../api/types";
import { Gate } from "../shell/Gate";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { clockTime } from "../ui/format";
import { Failure } from "../ui/Notice";
import { usePageTitle } from "../ui/usePageTitle";
import { addressOf, letIn } from "./shutOut";

/** Stands in place of every page while the tenant may not be used from here. */
export function ShutOutPage({ refusal }: { refusal: Problem }) {
  usePageTitle("Not from here");
  const client = useQueryClient();
  const session = client.getQueryData(sessionQuery.queryKey);
  const retry = useMutation({
    mutationFn: () => client.query({ ...sessionQuery, staleTime: 0 }),
    onSuccess: letIn,
  });
  const still = retry.error instanceof ApiError && retry.error.code === "address_not_allowed";
  const account = session?.state === "signed_in" ? session.account : undefined;
  const address = addressOf(refusal);
  return (
    <Gate title="Not from this network" subtitle={`on ${location.host}`}>
      <div className="grid gap-4" data-testid="shut-out">
        <p>
          {account ? account.tenantName : "This tenant"} can be used from some networks only, and this browser
          comes from none of them. Nothing is wrong with your account.
        </p>
        {address && (
          <div className="grid gap-1">
            <span className="text-sm font-medium">Your address, as the server sees it</span>
            <code
              data-testid="shut-out-address"
              className="rounded-md border border-line bg-sunken p-3 font-mono break-all select-all"
            >
              {address}
            </code>
            <div className="pt-1">
              <CopyButton text={address} label="Copy the address" />
            </div>
          </div>
        )}
        <div className="grid gap-1">
          <h2>What to do</h2>
          <ul className="grid list-disc gap-1 pl-5">
            <li>Use a network that is allowed, such as the office’s or its VPN.</li>
            <li>
              Or ask an owner or admin who is on one: they can allow your address under Settings, Allowed
              networks.
            </li>
            <li>
              If nobody can get in, whoever runs the server can, on its own machine: the server’s operations
              guide says how.
            </li>
          </ul>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" busy={retry.isPending} onClick={() => retry.mutate()}>
            Try again
          </Button>
          <span role="status" className="text-sm text-quiet">
            {still && `At ${clockTime(retry.submittedAt)} it was still not allowed.`}
          </span>
        </div>
        {retry.error && !still && <Failure error={retry.error} />}
      </div>
    </Gate>
  );
}
