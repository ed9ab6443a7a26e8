import { counted, exactDate } from "../ui/format";
import { useNow } from "../ui/useNow";

const graceDays = 30;

interface WhatDeletionDoesProps {
  people: number;
  hosts: number;
  /** Whether the reader is in the tenant, and loses their own session. */
  own?: boolean;
}

/** What deleting a tenant does at once, and what it does later. */
export function WhatDeletionDoes({ people, hosts, own }: WhatDeletionDoesProps) {
  const graceEnds = useNow() + graceDays * 86_400_000;
  return (
    <>
      <p className="font-medium">At once:</p>
      <ul className="grid list-disc gap-1 pl-5">
        <li>
          {counted(people, "person", "people")} can no longer sign in, and all sessions end
          {own && ", yours too"};
        </li>
        <li>{counted(hosts, "host")} are cut off: their agents keep running and can no longer connect;</li>
        <li>join codes, invitations and API tokens stop working.</li>
      </ul>
      <p>
        <span className="font-medium">Until {exactDate(graceEnds)}</span> a platform operator can restore it
        as it was. <span className="font-medium">After that</span> its data and its record are removed for
        good; measurements go when their own time is up.
      </p>
    </>
  );
}
