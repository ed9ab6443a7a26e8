import { queryOptions } from "@tanstack/react-query";
import type { MadeTenant, OwnTenant, Tenant } from "./accessTypes";
import { download, request, type Download } from "./client";
import { pagesQuery } from "./pages";

export const ownTenantQuery = queryOptions({
  queryKey: ["tenant"],
  queryFn: ({ signal }) => request<OwnTenant>("GET", "/tenant", { signal }),
});

export function renameTenant(tenant: OwnTenant, name: string): Promise<OwnTenant> {
  return request("PUT", "/tenant", { body: { name }, version: tenant.version });
}

export function exportTenant(signal: AbortSignal, onProgress: (bytes: number) => void): Promise<Download> {
  return download("/tenant/export", signal, onProgress);
}

/** Ends every session of the tenant, this one too. */
export function deleteOwnTenant(name: string): Promise<{ purgeAt: string }> {
  return request("DELETE", "/tenant", { body: { name } });
}

export interface TenantFilter {
  query?: string | undefined;
  state?: Tenant["state"] | undefined;
}

export const tenantsKey = ["tenants"] as const;

export function tenantsQuery(filter: TenantFilter) {
  return pagesQuery<Tenant>(tenantsKey, "/tenants", { ...filter });
}

export function createTenant(fields: { name: string; slug?: string }): Promise<MadeTenant> {
  return request("POST", "/tenants", { body: fields });
}

export function deleteTenant({ id, slug }: Tenant): Promise<Tenant> {
  return request("DELETE", `/tenants/${encodeURIComponent(id)}`, { body: { slug } });
}

export function restoreTenant({ id }: Tenant): Promise<Tenant> {
  return request("POST", `/tenants/${encodeURIComponent(id)}/restore`);
}

export function purgeTenant({ id, slug }: Tenant): Promise<void> {
  return request("POST", `/tenants/${encodeURIComponent(id)}/purge`, { body: { slug } });
}
