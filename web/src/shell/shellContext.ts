import { createContext, useContext } from "react";

export interface ShellActions {
  addHost: () => void;
}

export const ShellContext = createContext<ShellActions>({ addHost: () => undefined });

/** What the frame can do for the page inside it. */
export function useShell(): ShellActions {
  return useContext(ShellContext);
}
