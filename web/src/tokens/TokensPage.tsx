import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { Guarded } from "../access/Forbidden";
import type { Token } from "../api/accessTypes";
import { tokensQuery } from "../api/tokens";
import { may, useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ListStates } from "../ui/ListStates";
import { PageHead } from "../ui/PageHead";
import { SearchBox } from "../ui/SearchBox";
import { Select } from "../ui/Select";
import { usePageTitle } from "../ui/usePageTitle";
import { useTypedText } from "../ui/useTypedText";
import { NewTokenDialog } from "./NewTokenDialog";
import { ServiceAccounts } from "./ServiceAccounts";
import { TokenDialog, type TokenAction } from "./TokenDialog";
import { TokenList } from "./TokenList";
import type { TokensView } from "./view";

export function TokensPage({ view }: { view: TokensView }) {
  usePageTitle("API tokens");
  return (
    <Guarded permission="own_account" title="API tokens" what="API tokens">
      <Tokens view={view} />
    </Guarded>
  );
}

const owners = [
  ["all", "Everybody’s"],
  ["mine", "Only mine"],
] as const;

function Tokens({ view }: { view: TokensView }) {
  const account = useAccount();
  const manages = may(account, "tokens_manage");
  const { text, setText, change } = useView(view);
  const list = useInfiniteQuery(tokensQuery(view.q));
  const tokens = useMemo(() => {
    const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
    return view.mine ? all.filter(({ owner }) => owner.id === account.id) : all;
  }, [account.id, list.data, view.mine]);
  const [open, setOpen] = useState<{ action: TokenAction; token: Token }>();
  const make = () => change({ new: true });
  const filtered = Boolean(view.q) || view.mine === true;

  return (
    <div className="grid gap-6">
      <div className="grid gap-4">
        <PageHead
          title="API tokens"
          action={
            <Button look="primary" icon="plus" onClick={make} data-testid="token-new">
              New token
            </Button>
          }
        >
          Keys for programs, so that they need no password. A token can do what it is given, and never more
          than its owner.
        </PageHead>
        {(filtered || tokens.length > 0) && (
          <div className="flex flex-wrap items-center gap-2">
            <SearchBox
              label="Search tokens"
              placeholder="Search names"
              text={text}
              onText={setText}
              testId="tokens-search"
            />
            {manages && (
              <Select
                compact
                label="Whose"
                value={view.mine ? "mine" : "all"}
                onChange={(whose) => change({ mine: whose === "mine" ? true : undefined })}
                options={owners}
                testId="tokens-owner"
              />
            )}
          </div>
        )}
        <ListStates
          list={list}
          noun="tokens"
          isEmpty={tokens.length === 0}
          empty={
            filtered ? (
              <EmptyState
                title="No token matches"
                action={
                  <Button
                    onClick={() => {
                      setText("");
                      change({ q: undefined, mine: undefined });
                    }}
                  >
                    Clear search and filters
                  </Button>
                }
              />
            ) : (
              <EmptyState
                title="No tokens yet"
                testId="tokens-empty"
                action={
                  <Button look="primary" icon="plus" onClick={make}>
                    Make the first token
                  </Button>
                }
              >
                Make one for each program, with no more than it needs: then one can be stopped alone.
              </EmptyState>
            )
          }
        >
          <TokenList
            tokens={tokens}
            withOwner={manages}
            onChoose={(action, token) => setOpen({ action, token })}
          />
        </ListStates>
      </div>
      {manages && <ServiceAccounts />}
      {open && <TokenDialog action={open.action} token={open.token} onClose={() => setOpen(undefined)} />}
      {view.new && <NewTokenDialog onClose={() => change({ new: undefined })} />}
    </div>
  );
}

function useView(view: TokensView) {
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [K in keyof TokensView]: TokensView[K] | undefined }) => {
      void navigate({
        to: "/tokens",
        search: (old) => ({ ...old, ...part }) as TokensView,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const [text, setText] = useTypedText(view.q, (q) => change({ q }));
  return { text, setText, change };
}
