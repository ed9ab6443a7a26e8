import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Host, HostSort } from "../api/types";
import { count } from "../ui/format";
import { useNarrow } from "../ui/useNarrow";
import { grid } from "./columns";
import { HostRow } from "./HostRow";
import { TableHead } from "./TableHead";
import { useHostDialog } from "./useHostDialog";
import { useRowFocus } from "./useRowFocus";

interface HostTableProps {
  hosts: readonly Host[];
  total: number;
  sort: HostSort;
  onSort: (sort: HostSort) => void;
  onPickTag: (tag: string) => void;
  onNearEnd: () => void;
}

const rowHeight = 44;
const cardHeight = 104;
const nearEnd = 200;

/** The list, of which only the rows in sight exist in the page. */
export function HostTable({ hosts, total, sort, onSort, onPickTag, onNearEnd }: HostTableProps) {
  const narrow = useNarrow();
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const navigate = useNavigate();
  const { choose, dialog } = useHostDialog();
  const height = narrow ? cardHeight : rowHeight;

  useLayoutEffect(() => {
    const box = body.current?.getBoundingClientRect();
    if (box) setTop(box.top + window.scrollY);
  }, [narrow]);

  // The virtualizer hands out functions that change; the compiler's rule does not apply to this component.

  const virtual = useWindowVirtualizer({
    count: hosts.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
    scrollPaddingStart: 48 + 36,
    getItemKey: (index) => hosts[index]?.id ?? index,
  });
  useEffect(() => virtual.measure(), [height, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= hosts.length - nearEnd) onNearEnd();
  }, [hosts.length, last, onNearEnd]);

  const rows = useRowFocus(body, hosts.length, (index) => virtual.scrollToIndex(index));
  const open = (event: KeyboardEvent) => {
    const host = hosts[rows.focused];
    if (event.key !== "Enter" || !host || !(event.target instanceof HTMLElement)) return;
    if (event.target.role === "row") void navigate({ to: "/hosts/$hostId", params: { hostId: host.id } });
  };

  return (
    <>
      <div
        role="grid"
        aria-label="Hosts"
        aria-rowcount={total + 1}
        data-testid="hosts-table"
        tabIndex={-1}
        onKeyDown={(event) => {
          rows.onKeyDown(event);
          open(event);
        }}
        className="rounded-lg border border-line bg-surface"
      >
        <TableHead sort={sort} onSort={onSort} className={grid} />
        <div role="rowgroup" ref={body} className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const host = hosts[item.index];
            return (
              host && (
                <HostRow
                  key={item.key}
                  host={host}
                  index={item.index}
                  narrow={narrow}
                  focusable={item.index === rows.focused}
                  top={item.start - top}
                  height={height}
                  onPickTag={onPickTag}
                  onChoose={choose}
                />
              )
            );
          })}
        </div>
      </div>
      {dialog}
      {hosts.length < total && (
        <p className="px-3 text-xs text-quiet" role="status">
          {count(hosts.length)} of {count(total)} loaded; more come as you scroll.
        </p>
      )}
    </>
  );
}
