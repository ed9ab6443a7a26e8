import { useQuery } from "@tanstack/react-query";
import { aRole } from "../access/roleWords";
import { ownAccountQuery } from "../api/account";
import { useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { Failure } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { Skeleton } from "../ui/Skeleton";
import { usePageTitle } from "../ui/usePageTitle";
import { AppCard } from "./AppCard";
import { Passkeys } from "./Passkeys";
import { PasswordCard } from "./PasswordCard";
import { RecoveryCodes } from "./RecoveryCodes";
import { Sessions } from "./Sessions";

export function AccountPage() {
  usePageTitle("Your account");
  const { name, role, tenantName } = useAccount();
  const own = useQuery(ownAccountQuery);
  return (
    <div className="mx-auto grid w-full max-w-[880px] gap-6">
      <PageHead title="Your account">
        How you sign in as <strong className="font-medium break-words text-ink">{name}</strong>, {aRole(role)}{" "}
        of {tenantName}.
      </PageHead>
      {own.data ? (
        <>
          <div className="grid gap-4 md:grid-cols-3">
            <PasswordCard account={own.data} />
            <AppCard account={own.data} />
            <RecoveryCodes account={own.data} />
          </div>
          <Passkeys account={own.data} />
        </>
      ) : own.isError ? (
        <Failure error={own.error} action={<Button onClick={() => void own.refetch()}>Try again</Button>} />
      ) : (
        <div aria-busy="true" className="grid gap-6">
          <p className="sr-only">Loading your account</p>
          <div className="grid gap-4 md:grid-cols-3">
            {["password", "app", "recovery"].map((card) => (
              <div
                key={card}
                className="grid h-44 content-start gap-4 rounded-lg border border-line bg-surface p-3"
              >
                <Skeleton className="h-4 w-24" />
                <Skeleton className="mt-3 h-4 w-32" />
                <Skeleton className="h-3 w-full" />
                <Skeleton className="h-8 w-24" />
              </div>
            ))}
          </div>
          <div className="h-40 rounded-lg border border-line bg-surface p-3">
            <Skeleton className="h-4 w-32" />
          </div>
        </div>
      )}
      <Sessions />
    </div>
  );
}
