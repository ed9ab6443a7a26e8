import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { hostListQuery, totalsQuery } from "../api/hosts";
import { ScopeMark } from "../access/ScopeWords";
import { may, useAccount } from "../session/account";
import { useShell } from "../shell/shellContext";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Failure } from "../ui/Notice";
import { usePageTitle } from "../ui/usePageTitle";
import { useTypedText } from "../ui/useTypedText";
import { HostTable } from "./HostTable";
import { HostsSkeleton } from "./HostsSkeleton";
import { Toolbar } from "./Toolbar";
import type { HostsView } from "./view";

export function HostsPage({ view }: { view: HostsView }) {
  usePageTitle("Hosts");
  const { addHost } = useShell();
  const account = useAccount();
  const mayAdd = may(account, "hosts_enrol");
  const { text, setText, change } = useView(view);
  const sort = view.sort ?? "name";
  const list = useInfiniteQuery(hostListQuery({ query: view.q, state: view.state, tag: view.tag, sort }));
  const totals = useQuery(totalsQuery).data ?? list.data?.pages[0]?.totals;
  const hosts = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);

  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const pickTag = useCallback((tag: string) => change({ tag }), [change]);

  const filtered = Boolean(view.q ?? view.state ?? view.tag);
  const total = filtered ? hosts.length + (hasNextPage ? 1 : 0) : Math.max(totals?.all ?? 0, hosts.length);
  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h1>Hosts</h1>
          <ScopeMark scope={account.scope} />
        </div>
        {mayAdd && (
          <Button look="primary" icon="plus" onClick={addHost} data-testid="add-host">
            Add host
          </Button>
        )}
      </div>
      {(filtered || totals?.all !== 0) && (
        <Toolbar
          totals={totals}
          state={view.state}
          onState={(state) => change({ state })}
          text={text}
          onText={setText}
          tag={view.tag}
          onTag={(tag) => change({ tag })}
          sort={sort}
          onSort={(next) => change({ sort: next === "name" ? undefined : next })}
        />
      )}
      {list.isPending && <HostsSkeleton />}
      {list.isError && hosts.length === 0 && (
        <Failure error={list.error} action={<Button onClick={() => void list.refetch()}>Try again</Button>} />
      )}
      {list.isSuccess && hosts.length === 0 && (
        <NoHosts
          filtered={filtered}
          onAdd={mayAdd ? addHost : undefined}
          onClear={() => {
            setText("");
            change({ q: undefined, state: undefined, tag: undefined });
          }}
        />
      )}
      {hosts.length > 0 && (
        <HostTable
          hosts={hosts}
          total={total}
          sort={sort}
          onSort={(next) => change({ sort: next === "name" ? undefined : next })}
          onPickTag={pickTag}
          onNearEnd={more}
        />
      )}
    </div>
  );
}

/** The view lives in the address; typing reaches it once it pauses. */
function useView(view: HostsView) {
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [K in keyof HostsView]: HostsView[K] | undefined }) => {
      void navigate({ to: "/hosts", search: (old) => ({ ...old, ...part }) as HostsView, replace: true });
    },
    [navigate],
  );
  const [text, setText] = useTypedText(view.q, (q) => change({ q }));
  return { text, setText, change };
}

interface NoHostsProps {
  filtered: boolean;
  onAdd: (() => void) | undefined;
  onClear: () => void;
}

function NoHosts({ filtered, onAdd, onClear }: NoHostsProps) {
  if (filtered) {
    return (
      <EmptyState
        title="No host matches"
        action={<Button onClick={onClear}>Clear search and filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title="No hosts yet"
      testId="hosts-empty"
      action={
        onAdd && (
          <Button look="primary" icon="plus" onClick={onAdd}>
            Add the first host
          </Button>
        )
      }
    >
      A host appears here when its agent joins.{" "}
      {onAdd
        ? "Adding one takes a single line in its terminal."
        : "Your role does not let you add one; an operator, admin or owner can."}
    </EmptyState>
  );
}
