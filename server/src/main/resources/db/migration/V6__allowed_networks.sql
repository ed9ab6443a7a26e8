-- From where a tenant may be used at all. No enabled row means from everywhere.
create table allowed_network (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- In its one spelling, so that equal networks are equal texts.
  cidr text not null,
  description text not null default '' check (length(description) <= 200),
  enabled boolean not null,
  created_by_name text not null,
  created_at timestamptz not null,
  version bigint not null default 1,
  primary key (tenant_id, id)
);
create unique index allowed_network_cidr on allowed_network (tenant_id, cidr);

grant select, insert, update, delete on allowed_network to ${app};

alter table allowed_network enable row level security;
alter table allowed_network force row level security;
create policy one_tenant on allowed_network
  using (tenant_id = nullif(current_setting('bulkhead.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('bulkhead.tenant', true), '')::uuid);
create policy across_tenants on allowed_network for select to ${owner} using (true);
