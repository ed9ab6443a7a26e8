import { useEffect, useRef } from "react";
import type { HostSort, HostState, Totals } from "../api/types";
import { classes } from "../ui/classes";
import { count, nothing } from "../ui/format";
import { Icon } from "../ui/Icon";
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
      <Search text={props.text} onText={props.onText} />
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

function Search({ text, onText }: { text: string; onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      if (event.key !== "/" || target?.closest("input, textarea, select, dialog")) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  return (
    <div className="relative w-full sm:w-64">
      <span className="pointer-events-none absolute top-2 left-2 text-quiet">
        <Icon name="search" />
      </span>
      <input
        ref={input}
        type="search"
        aria-label="Search hosts"
        placeholder="Search names and tags"
        value={text}
        onChange={(event) => onText(event.target.value)}
        data-testid="host-search"
        className="h-8 w-full rounded-md border border-edge bg-surface pr-7 pl-8 text-sm placeholder:text-quiet"
      />
      <kbd className="pointer-events-none absolute top-1.5 right-2 rounded-sm border border-line px-1.5 font-mono text-xs leading-[18px] text-quiet max-sm:hidden">
        /
      </kbd>
    </div>
  );
}
