import { ago, exactTime, nothing } from "./format";
import { useNow } from "./useNow";

export function RelativeTime({ time }: { time: string | null | undefined }) {
  const now = useNow();
  if (!time) return <>{nothing}</>;
  return (
    <time dateTime={time} title={exactTime(time)} className="whitespace-nowrap">
      {ago((now - Date.parse(time)) / 1_000)}
    </time>
  );
}
