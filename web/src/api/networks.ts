import { queryOptions } from "@tanstack/react-query";
import type { AllowedNetwork } from "./accountTypes";
import { request } from "./client";

interface AllowedNetworks {
  items: AllowedNetwork[];
  /** From where this browser is seen to come. */
  yourAddress: string;
}

export const networksQuery = queryOptions({
  queryKey: ["allowed-networks"],
  queryFn: ({ signal }) => request<AllowedNetworks>("GET", "/allowed-networks", { signal }),
});

/** Refused while it would shut out whoever asks. */
export function allowNetwork(fields: { cidr: string; description: string }): Promise<AllowedNetwork> {
  return request("POST", "/allowed-networks", { body: fields });
}

export function changeNetwork(
  network: AllowedNetwork,
  change: Pick<AllowedNetwork, "description" | "enabled">,
): Promise<AllowedNetwork> {
  return request("PUT", path(network), { body: change, version: network.version });
}

export function removeNetwork(network: AllowedNetwork): Promise<void> {
  return request("DELETE", path(network));
}

function path({ id }: AllowedNetwork): string {
  return `/allowed-networks/${encodeURIComponent(id)}`;
}
