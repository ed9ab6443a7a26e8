import type { HostSort } from "../api/types";

export interface Column {
  id: string;
  label: string;
  /** The order a first click asks for, and the one that a second click asks for. */
  sorts?: [HostSort, HostSort?];
  className?: string;
}

/** Head and rows share one grid, so that they stay aligned without a table's layout cost. */
export const grid =
  "grid items-center gap-x-4 px-3 grid-cols-[minmax(0,1fr)_auto] " +
  "sm:grid-cols-[76px_minmax(0,1fr)_120px_120px_84px_32px] " +
  "lg:grid-cols-[72px_minmax(160px,1fr)_minmax(0,1fr)_120px_120px_56px_48px_112px_72px_32px]";

const fromSmall = "max-sm:hidden";
const fromLarge = "max-lg:hidden";

export const columns: readonly Column[] = [
  { id: "state", label: "State", sorts: ["state"], className: fromSmall },
  { id: "name", label: "Name", sorts: ["name", "-name"] },
  { id: "tags", label: "Tags", className: fromLarge },
  { id: "cpu", label: "CPU", sorts: ["-cpu", "cpu"], className: fromSmall },
  { id: "memory", label: "Memory", sorts: ["-memory", "memory"], className: fromSmall },
  { id: "disk", label: "Disk", className: `${fromLarge} justify-self-end` },
  { id: "load", label: "Load", className: `${fromLarge} justify-self-end` },
  { id: "network", label: "Network in, out", className: `${fromLarge} justify-self-end` },
  { id: "seen", label: "Seen", sorts: ["lastSeen"], className: `${fromSmall} justify-self-end` },
];

export const sortLabels: Record<HostSort, string> = {
  name: "Name, A to Z",
  "-name": "Name, Z to A",
  state: "State, worst first",
  "-cpu": "CPU, highest first",
  cpu: "CPU, lowest first",
  "-memory": "Memory, highest first",
  memory: "Memory, lowest first",
  lastSeen: "Last seen",
};
