import type { HostSort } from "../api/types";
import { classes } from "../ui/classes";
import { columns, type Column } from "./columns";

interface TableHeadProps {
  sort: HostSort;
  onSort: (sort: HostSort) => void;
  className: string;
}

export function TableHead({ sort, onSort, className }: TableHeadProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classes(
        className,
        "sticky top-12 z-10 h-9 rounded-t-lg border-b border-line bg-surface text-xs font-medium text-quiet max-sm:hidden",
      )}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="columnheader"
          aria-sort={direction(column, sort)}
          className={column.className}
        >
          {column.sorts ? <SortButton column={column} sort={sort} onSort={onSort} /> : column.label}
        </div>
      ))}
      <div role="columnheader">
        <span className="sr-only">Actions</span>
      </div>
    </div>
  );
}

interface SortButtonProps {
  column: Column;
  sort: HostSort;
  onSort: (sort: HostSort) => void;
}

function SortButton({ column, sort, onSort }: SortButtonProps) {
  const [first, second] = column.sorts ?? [];
  if (!first) return null;
  const active = sort === first || sort === second;
  return (
    <button
      type="button"
      data-testid={`sort-${column.id}`}
      onClick={() => onSort(sort === first && second ? second : first)}
      className={classes(
        "inline-flex h-8 items-center gap-1 rounded-sm hover:text-ink",
        active && "text-ink",
      )}
    >
      {column.label}
      <svg
        aria-hidden="true"
        width="8"
        height="8"
        viewBox="0 0 8 8"
        className="-mr-3"
        fill="currentColor"
        opacity={active ? 1 : 0}
      >
        <path d={sort.startsWith("-") ? "M0 2h8L4 7z" : "M0 6h8L4 1z"} />
      </svg>
    </button>
  );
}

function direction(column: Column, sort: HostSort): "ascending" | "descending" | undefined {
  if (!column.sorts?.includes(sort)) return undefined;
  return sort.startsWith("-") ? "descending" : "ascending";
}
