import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { hostSearchQuery } from "../api/hosts";
import { useSignOut } from "../session/useSignOut";
import { chooseTheme } from "../ui/theme";
import { useDebounced } from "../ui/useDebounced";
import { useShell } from "./shellContext";

export interface PaletteItem {
  id: string;
  label: string;
  kind: "Page" | "Host" | "Action";
  run: () => void;
}

export function usePaletteItems(text: string): PaletteItem[] {
  const navigate = useNavigate();
  const { addHost } = useShell();
  const signOut = useSignOut();
  const query = useDebounced(text.trim(), 150);
  const found = useQuery({ ...hostSearchQuery(query), placeholderData: keepPreviousData }).data;

  const fixed: PaletteItem[] = [
    { id: "hosts", label: "Hosts", kind: "Page", run: () => void navigate({ to: "/hosts" }) },
    {
      id: "down",
      label: "Hosts that are down",
      kind: "Page",
      run: () => void navigate({ to: "/hosts", search: { state: "down" } }),
    },
    { id: "add", label: "Add host", kind: "Action", run: addHost },
    { id: "light", label: "Theme: light", kind: "Action", run: () => chooseTheme("light") },
    { id: "dark", label: "Theme: dark", kind: "Action", run: () => chooseTheme("dark") },
    { id: "system", label: "Theme: as the system", kind: "Action", run: () => chooseTheme("system") },
    { id: "out", label: "Sign out", kind: "Action", run: () => signOut.mutate() },
  ];
  const hosts: PaletteItem[] = (found?.items ?? []).map((host) => ({
    id: host.id,
    label: host.name,
    kind: "Host",
    run: () => void navigate({ to: "/hosts/$hostId", params: { hostId: host.id } }),
  }));
  const words = text.toLowerCase().split(/\s+/);
  const matching = fixed.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  return [...matching, ...hosts];
}
