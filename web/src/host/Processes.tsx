import { useQuery } from "@tanstack/react-query";
import { processesQuery } from "../api/hosts";
import type { Process } from "../api/types";
import { Card } from "../ui/Card";
import { bytes, nothing, percent } from "../ui/format";
import { Failure } from "../ui/Notice";
import { RelativeTime } from "../ui/RelativeTime";
import { Skeleton } from "../ui/Skeleton";

export function Processes({ host }: { host: string }) {
  const { data, error, isPending } = useQuery(processesQuery(host));
  return (
    <Card
      title="Top processes"
      testId="processes"
      aside={
        data?.at ? (
          <>
            as of <RelativeTime time={data.at} />
          </>
        ) : undefined
      }
    >
      {isPending && <Skeleton className="m-3 h-40" />}
      {error && !data && (
        <div className="p-3">
          <Failure error={error} />
        </div>
      )}
      {data?.items.length === 0 && <p className="p-3 text-quiet">The agent has not reported any yet.</p>}
      {data && data.items.length > 0 && <ProcessTable items={data.items} />}
    </Card>
  );
}

function ProcessTable({ items }: { items: Process[] }) {
  const sorted = [...items].sort((a, b) => (b.cpu ?? 0) - (a.cpu ?? 0));
  return (
    <table className="w-full text-sm">
      <thead className="text-left text-xs text-quiet">
        <tr>
          <th scope="col" className={`${cell} pl-3 font-medium`}>
            Name
          </th>
          <th scope="col" className={`${cell} text-right font-medium max-sm:hidden`}>
            PID
          </th>
          <th scope="col" className={`${cell} font-medium max-sm:hidden`}>
            User
          </th>
          <th scope="col" className={`${cell} text-right font-medium`} title="100 % is one core kept busy">
            CPU
          </th>
          <th scope="col" className={`${cell} text-right font-medium`}>
            Memory
          </th>
          <th scope="col" className={`${cell} text-right font-medium max-md:hidden`}>
            Threads
          </th>
          <th scope="col" className={`${cell} text-right font-medium max-md:hidden`}>
            Started
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((process) => (
          <tr key={process.pid} data-testid="process-row" className="border-t border-line">
            <th
              scope="row"
              className={`${cell} max-w-0 min-w-24 truncate pl-3 text-left font-normal`}
              title={process.name}
            >
              {process.name}
            </th>
            <td className={`${cell} text-right text-quiet max-sm:hidden`}>{process.pid}</td>
            <td className={`${cell} text-quiet max-sm:hidden`}>{process.user ?? nothing}</td>
            <td className={`${cell} text-right whitespace-nowrap`}>{percent(process.cpu)}</td>
            <td className={`${cell} text-right whitespace-nowrap`}>{bytes(process.memoryBytes)}</td>
            <td className={`${cell} text-right text-quiet max-md:hidden`}>{process.threads ?? nothing}</td>
            <td className={`${cell} text-right text-quiet max-md:hidden`}>
              <RelativeTime time={process.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const cell = "px-2 py-1 last:pr-3";
