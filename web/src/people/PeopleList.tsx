import { roleNames, roleWords } from "../access/roleWords";
import { ScopeWords } from "../access/ScopeWords";
import type { Person } from "../api/accessTypes";
import { Badge } from "../ui/Badge";
import { RelativeTime } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { Standing } from "../ui/Standing";
import { factorsInWords } from "./factorWords";
import { PersonMenu, type PersonAction } from "./PersonMenu";

const columns: readonly Column<Person>[] = [
  { id: "name", label: "Name", cell: (person) => <Name person={person} /> },
  {
    id: "role",
    label: "Role",
    cell: ({ role }) => <span title={roleWords[role]}>{roleNames[role]}</span>,
  },
  { id: "scope", label: "Hosts", cell: ({ scope }) => <ScopeWords scope={scope} /> },
  {
    id: "factors",
    label: "Second factor",
    cell: ({ factors }) => factorsInWords(factors),
    className: "max-lg:hidden",
  },
  {
    id: "signed-in",
    label: "Last sign-in",
    cell: ({ lastSignInAt }) =>
      lastSignInAt ? <RelativeTime time={lastSignInAt} /> : <span className="text-quiet">Never</span>,
  },
  { id: "state", label: "State", cell: (person) => <State person={person} /> },
];

interface PeopleListProps {
  people: readonly Person[];
  onChoose: (action: PersonAction, person: Person) => void;
}

export function PeopleList({ people, onChoose }: PeopleListProps) {
  return (
    <Rows
      label="People"
      columns={columns}
      rows={people}
      actions={(person) => <PersonMenu person={person} onChoose={onChoose} />}
      testId="people"
      rowTestId="person-row"
    />
  );
}

function Name({ person }: { person: Person }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-1.5">
      <span className="min-w-0 break-words">{person.name}</span>
      {person.isSelf && <Badge title="Nobody changes their own role or state">you</Badge>}
      {person.platform && (
        <Badge accent title="Runs the installation: makes and ends tenants">
          platform operator
        </Badge>
      )}
    </span>
  );
}

function State({ person }: { person: Person }) {
  return person.state === "active" ? (
    <Standing tone="good" state="active">
      Active
    </Standing>
  ) : (
    <span className="flex flex-wrap items-center gap-x-2">
      <Standing tone="stopped" state="suspended">
        Suspended
      </Standing>
      <span className="text-xs text-quiet">
        <RelativeTime time={person.suspendedAt} />
      </span>
    </span>
  );
}
