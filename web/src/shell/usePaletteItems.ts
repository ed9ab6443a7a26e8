import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { hostSearchQuery } from "../api/hosts";
import { may, useAccount } from "../session/account";
import { useSignOut } from "../session/useSignOut";
import { chooseTheme } from "../ui/theme";
import { useDebounced } from "../ui/useDebounced";
import { destinationsOf } from "./destinations";
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
  const account = useAccount();
  const signOut = useSignOut();
  const query = useDebounced(text.trim(), 150);
  const found = useQuery({ ...hostSearchQuery(query), placeholderData: keepPreviousData }).data;

  const pages: PaletteItem[] = destinationsOf(account).map(({ to, label }) => ({
    ...{ id: to, label, kind: "Page" },
    run: () => void navigate({ to }),
  }));
  const action = (id: string, label: string, run: () => void): PaletteItem => ({
    ...{ id, label, kind: "Action", run },
  });
  const opens = (to: "/people" | "/tokens" | "/tenants") => () =>
    void navigate({ to, search: { new: true } });
  const fixed: PaletteItem[] = [
    ...pages,
    { id: "account", label: "Your account", kind: "Page", run: () => void navigate({ to: "/account" }) },
    {
      id: "down",
      label: "Hosts that are down",
      kind: "Page",
      run: () => void navigate({ to: "/hosts", search: { state: "down" } }),
    },
    ...(may(account, "hosts_enrol") ? [action("add", "Add host", addHost)] : []),
    ...(may(account, "people_invite") ? [action("invite", "Invite somebody", opens("/people"))] : []),
    action("token", "New API token", opens("/tokens")),
    ...(may(account, "platform_tenants") ? [action("tenant", "New tenant", opens("/tenants"))] : []),
    action("light", "Theme: light", () => chooseTheme("light")),
    action("dark", "Theme: dark", () => chooseTheme("dark")),
    action("system", "Theme: as the system", () => chooseTheme("system")),
    action("out", "Sign out", () => signOut.mutate()),
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
