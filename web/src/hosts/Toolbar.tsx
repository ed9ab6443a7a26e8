import type { HostSort, HostState, Totals } from "../api/types";
import { classes } from "../ui/classes";
import { count, nothing } from "../ui/format";
import { Icon } from "../ui/Icon";
import { SearchBox } from "../ui/SearchBox";
import { sortLabels } from "./columns";
import { StateMark } from "./StateMark";
import { states } from "./view";

interface ToolbarProps {
  totals: Totals | undefined;
  state: HostState | undefined;
  onState: (state: HostState | undefined) => void;
  text: string;
  onText: (text: string) => void;
  tag: string | undefined;
  onTag: (tag: string | undefined) => void;
  sort: HostSort;
  onSort: (sort: HostSort) => void;
}

export function Toolbar(props: ToolbarProps) {
  const { totals, state, onState, tag, onTag, sort, onSort } = props;
  const shown = states.filter((one) => one !== "pending" || state === one || (totals?.pending ?? 0) > 0);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        label="Search hosts"
        placeholder="Search names and tags"
        text={props.text}
        onText={props.onText}
        testId="host-search"
      />
      <div role="group" aria-label="State" className="flex flex-wrap gap-1" data-testid="state-filter">
        <StateButton
          total={totals?.all}
          chosen={!state}
          onChoose={() => onState(undefined)}
          testId="filter-all"
        >
          <span className="text-sm font-medium">All</span>
        </StateButton>
        {shown.map((one) => (
          <StateButton
            key={one}
            total={totals?.[one]}
            chosen={state === one}
            onChoose={() => onState(state === one ? undefined : one)}
            testId={`filter-${one}`}
          >
            <StateMark state={one} />
          </StateButton>
        ))}
      </div>
      {tag && (
        <button
          type="button"
          onClick={() => onTag(undefined)}
          className="inline-flex h-8 items-center gap-1 rounded-md border border-accent bg-accent-soft px-2 text-sm"
        >
          Tag {tag}
          <Icon name="close" size={12} />
          <span className="sr-only">: stop filtering</span>
        </button>
      )}
      <label className="flex items-center gap-2 text-sm text-quiet sm:hidden">
        Sort
        <select
          value={sort}
          onChange={(event) => onSort(event.target.value as HostSort)}
          data-testid="sort"
          className="h-8 rounded-md border border-edge bg-surface px-2 text-ink"
        >
          {Object.entries(sortLabels).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface StateButtonProps {
  total: number | undefined;
  chosen: boolean;
  onChoose: () => void;
  testId: string;
  children: React.ReactNode;
}

function StateButton({ total, chosen, onChoose, testId, children }: StateButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      data-testid={testId}
      onClick={onChoose}
      className={classes(
        "inline-flex h-8 items-center gap-1.5 rounded-md border px-2",
        chosen ? "border-accent bg-accent-soft" : "border-line bg-surface hover:bg-hover",
      )}
    >
      {children}
      <span className="text-sm text-quiet">{total === undefined ? nothing : count(total)}</span>
    </button>
  );
}
