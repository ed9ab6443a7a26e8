import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Refused } from "../access/Refused";
import type { Person } from "../api/accessTypes";
import {
  endSessionsOf,
  peopleKey,
  removePerson,
  resumePerson,
  setPlatform,
  suspendPerson,
} from "../api/people";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { counted } from "../ui/format";
import { ChangeRoleDialog } from "./ChangeRoleDialog";
import type { PersonAction } from "./PersonMenu";

interface PersonDialogProps {
  action: PersonAction;
  person: Person;
  onClose: () => void;
}

/** The dialog of one action on one person. */
export function PersonDialog({ action, person, onClose }: PersonDialogProps) {
  const client = useQueryClient();
  const reload = () => void client.invalidateQueries({ queryKey: peopleKey });
  const done = () => {
    reload();
    onClose();
  };
  if (action === "role") {
    return <ChangeRoleDialog person={person} onDone={done} onReload={done} onClose={onClose} />;
  }
  const { title, text, confirm, danger, act } = confirmations[action](person);
  return (
    <ConfirmDialog<unknown>
      title={title}
      confirm={confirm}
      danger={danger === true}
      {...(action === "remove" && { typed: { label: `Type ${person.name} to confirm`, text: person.name } })}
      act={act}
      onDone={done}
      onClose={onClose}
      failure={(error) => <Refused error={error} onReload={done} />}
      testId={`person-${action}-dialog`}
    >
      {text}
    </ConfirmDialog>
  );
}

interface Confirmation {
  title: string;
  text: ReactNode;
  confirm: string;
  danger?: boolean;
  act: () => Promise<unknown>;
}

const confirmations: Record<Exclude<PersonAction, "role">, (person: Person) => Confirmation> = {
  sessions: (person) => ({
    title: `End all sessions of ${person.name}?`,
    text: (
      <p>
        They are signed out at once, in {counted(person.sessions, "browser")}. They can sign in again as
        before, and their API tokens go on working.
      </p>
    ),
    confirm: "End all sessions",
    danger: true,
    act: () => endSessionsOf(person),
  }),
  suspend: (person) => ({
    title: `Suspend ${person.name}?`,
    text: (
      <p>
        All their sessions end at once and nobody can sign in as them. Role, factors and API tokens are kept,
        and none of them works until you let them in again.
      </p>
    ),
    confirm: "Suspend",
    danger: true,
    act: () => suspendPerson(person),
  }),
  resume: (person) => ({
    title: `Let ${person.name} in again?`,
    text: <p>They can sign in as before, with the same role and the same factors.</p>,
    confirm: "Let in again",
    act: () => resumePerson(person),
  }),
  platform: (person) =>
    person.platform
      ? {
          title: `Take platform operator from ${person.name}?`,
          text: <p>They no longer see, make or end tenants. Their role in this tenant stays.</p>,
          confirm: "Take it away",
          danger: true,
          act: () => setPlatform(person, false),
        }
      : {
          title: `Make ${person.name} a platform operator?`,
          text: (
            <p>
              They can then make tenants, delete them and remove their data for good. They see nothing inside
              other tenants.
            </p>
          ),
          confirm: "Make platform operator",
          act: () => setPlatform(person, true),
        },
  remove: (person) => ({
    title: `Remove ${person.name}?`,
    text: (
      <p>
        Their account, factors and API tokens are deleted and their sessions end at once. What they did stays
        in the record. This cannot be taken back: to return, they need a new invitation.
      </p>
    ),
    confirm: "Remove for good",
    danger: true,
    act: () => removePerson(person),
  }),
};
