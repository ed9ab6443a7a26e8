import type { ReactNode } from "react";
import { classes } from "./classes";
import { useNarrow } from "./useNarrow";

export interface Column<T> {
  id: string;
  label: string;
  cell: (row: T) => ReactNode;
  /** Applies to the table alone: cards show every column. */
  className?: string;
}

interface RowsProps<T extends { id: string }> {
  label: string;
  /** The first one is the row's name, and the card's heading. */
  columns: readonly Column<T>[];
  rows: readonly T[];
  actions?: (row: T) => ReactNode;
  testId: string;
  rowTestId: string;
}

/** A list of some hundred rows: a table, or cards where the window is narrow. */
export function Rows<T extends { id: string }>(props: RowsProps<T>) {
  return useNarrow() ? <Cards {...props} /> : <Table {...props} />;
}

function Table<T extends { id: string }>(props: RowsProps<T>) {
  const { label, columns, rows, actions, testId, rowTestId } = props;
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table aria-label={label} data-testid={testId} className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-quiet">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classes("h-9 px-3 font-medium whitespace-nowrap", column.className)}
              >
                {column.label}
              </th>
            ))}
            {actions && (
              <th scope="col" className="w-10">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              data-testid={rowTestId}
              data-id={row.id}
              className="border-b border-line last:border-0 hover:bg-hover"
            >
              {columns.map((column, index) =>
                index === 0 ? (
                  <th
                    key={column.id}
                    scope="row"
                    className={classes("h-11 px-3 text-left font-medium", column.className)}
                  >
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={classes("h-11 px-3", column.className)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
              {actions && <td className="pr-2 text-right">{actions(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards<T extends { id: string }>(props: RowsProps<T>) {
  const { label, columns, rows, actions, testId, rowTestId } = props;
  const [name, ...others] = columns;
  return (
    <ul
      aria-label={label}
      data-testid={testId}
      className="divide-y divide-line rounded-lg border border-line bg-surface"
    >
      {rows.map((row) => (
        <li key={row.id} data-testid={rowTestId} data-id={row.id} className="grid gap-2 p-3">
          <div className="flex min-h-8 items-center justify-between gap-2">
            <div className="min-w-0 font-medium">{name?.cell(row)}</div>
            {actions?.(row)}
          </div>
          <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
            {others.map((column) => (
              <div key={column.id} className="contents">
                <dt className="text-xs leading-5 text-quiet">{column.label}</dt>
                <dd className="min-w-0">{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
