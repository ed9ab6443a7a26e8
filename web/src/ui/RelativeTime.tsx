import { ago, ahead, exactTime, nothing } from "./format";
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

/** A moment to come, such as an expiry. */
export function TimeLeft({ time }: { time: string }) {
  const now = useNow();
  return (
    <time dateTime={time} title={exactTime(time)} className="whitespace-nowrap">
      {ahead((Date.parse(time) - now) / 1_000)}
    </time>
  );
}
