import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { Guarded } from "../access/Forbidden";
import { roleCodes, roleNames } from "../access/roleWords";
import type { Person } from "../api/accessTypes";
import { peopleQuery } from "../api/people";
import type { RoleCode } from "../api/types";
import { may, useAccount } from "../session/account";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ListStates } from "../ui/ListStates";
import { PageHead } from "../ui/PageHead";
import { SearchBox } from "../ui/SearchBox";
import { Select } from "../ui/Select";
import { usePageTitle } from "../ui/usePageTitle";
import { useTypedText } from "../ui/useTypedText";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { PeopleList } from "./PeopleList";
import { PersonDialog } from "./PersonDialog";
import type { PersonAction } from "./PersonMenu";
import type { PeopleView } from "./view";

export function PeoplePage({ view }: { view: PeopleView }) {
  usePageTitle("People");
  return (
    <Guarded permission="people_read" title="People" what="the people of this tenant">
      <People view={view} />
    </Guarded>
  );
}

const roleOptions: readonly (readonly [RoleCode | "any", string])[] = [
  ["any", "Every role"],
  ...roleCodes.map((code) => [code, roleNames[code]] as const),
];

const stateOptions = [
  ["any", "Every state"],
  ["active", "Active"],
  ["suspended", "Suspended"],
] as const;

function People({ view }: { view: PeopleView }) {
  const account = useAccount();
  const mayInvite = may(account, "people_invite");
  const { text, setText, change } = useView(view);
  const list = useInfiniteQuery(peopleQuery({ query: view.q, role: view.role, state: view.state }));
  const people = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const [open, setOpen] = useState<{ action: PersonAction; person: Person }>();
  const clear = () => {
    setText("");
    change({ q: undefined, role: undefined, state: undefined });
  };

  return (
    <div className="grid gap-4">
      <PageHead
        title="People"
        action={
          mayInvite && (
            <Button look="primary" icon="plus" onClick={() => change({ new: true })} data-testid="invite">
              Invite
            </Button>
          )
        }
      >
        Who can sign in to {account.tenantName}, and what their role lets them do.
      </PageHead>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          label="Search people"
          placeholder="Search names"
          text={text}
          onText={setText}
          testId="people-search"
        />
        <Select
          compact
          label="Role"
          value={view.role ?? "any"}
          onChange={(role) => change({ role: role === "any" ? undefined : role })}
          options={roleOptions}
          testId="people-role"
        />
        <Select
          compact
          label="State"
          value={view.state ?? "any"}
          onChange={(state) => change({ state: state === "any" ? undefined : state })}
          options={stateOptions}
          testId="people-state"
        />
      </div>
      <ListStates
        list={list}
        noun="people"
        isEmpty={people.length === 0}
        empty={
          <EmptyState
            title="Nobody matches"
            testId="people-empty"
            action={<Button onClick={clear}>Clear search and filters</Button>}
          />
        }
      >
        <PeopleList people={people} onChoose={(action, person) => setOpen({ action, person })} />
      </ListStates>
      <Invitations />
      {open && <PersonDialog action={open.action} person={open.person} onClose={() => setOpen(undefined)} />}
      {view.new && mayInvite && <InviteDialog onClose={() => change({ new: undefined })} />}
    </div>
  );
}

function useView(view: PeopleView) {
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [K in keyof PeopleView]: PeopleView[K] | undefined }) => {
      void navigate({
        to: "/people",
        search: (old) => ({ ...old, ...part }) as PeopleView,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const [text, setText] = useTypedText(view.q, (q) => change({ q }));
  return { text, setText, change };
}
