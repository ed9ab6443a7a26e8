import type { Host } from "../api/types";
import { exactTime } from "../ui/format";
import { Notice } from "../ui/Notice";
import { RelativeTime } from "../ui/RelativeTime";

/** What is wrong with this host, and what to do about it. */
export function HostNotices({ host }: { host: Host }) {
  const { counters } = host;
  return (
    <>
      {host.state === "down" && (
        <Notice tone="failure" title="This host is down">
          Its agent was last heard <RelativeTime time={host.lastSeenAt} />
          {host.lastSeenAt && `, at ${exactTime(host.lastSeenAt)}`}. The figures are those of then. If the
          machine runs, look at its agent: <code className="font-mono">./bulkhead agent status</code>.
        </Notice>
      )}
      {host.state === "late" && (
        <Notice tone="warning" title="This host is late">
          Two reports in a row did not come. It counts as down when a third one is missing.
        </Notice>
      )}
      {host.state === "pending" && (
        <Notice title="This host has joined and has not reported yet">
          Its agent should connect within a minute.
        </Notice>
      )}
      {counters && counters.identityConflicts > 0 && (
        <Notice tone="warning" title="Another machine uses this host’s identity">
          Seen {counters.identityConflicts} times. Perhaps the machine was cloned with its agent’s state.
          Remove the state of the copy and join it as a host of its own.
        </Notice>
      )}
      {counters && counters.messagesRefused > 0 && (
        <Notice tone="warning" title="Some of this host’s messages were refused">
          {counters.messagesRefused} so far, because they were malformed, too large or too many. Is its agent
          of another version?
        </Notice>
      )}
      {counters && counters.samplesLeftOut > 0 && (
        <Notice tone="warning" title="Some of this host’s values were left out">
          {counters.samplesLeftOut} so far, because their time is more than a week past or an hour ahead, or
          because they are no numbers. Is its clock right?
        </Notice>
      )}
    </>
  );
}
