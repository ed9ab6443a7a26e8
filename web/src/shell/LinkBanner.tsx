import { live } from "../api/stream";
import { Button } from "../ui/Button";
import { ago, clockTime } from "../ui/format";
import { Icon } from "../ui/Icon";
import { useNow } from "../ui/useNow";
import { useLink } from "./useLink";

/** Says that what is shown is no longer live, and since when. */
export function LinkBanner() {
  const link = useLink();
  const now = useNow();
  return (
    <div role="status">
      {link.state === "lost" && (
        <div
          data-testid="link-lost"
          className="flex items-center justify-center gap-x-3 border-b border-late bg-late-soft px-3 py-1.5 text-sm"
        >
          <Icon name="warning" />
          <span className="min-w-0">
            Connection to the server lost. Figures are those of {clockTime(link.since)}
            <span aria-hidden="true"> ({ago((now - link.since) / 1_000)})</span>.
          </span>
          <Button look="quiet" className="h-7" onClick={() => live.retryNow()}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
}
