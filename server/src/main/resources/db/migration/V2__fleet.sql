-- Hosts and how they come in: the certificate authority, join codes, device keys, certificates.

-- The authority of the agent link. Its private key is sealed under the server's key file, bound to this row's id.
create table certificate_authority (
  id uuid primary key,
  certificate bytea not null,
  sealed_key bytea not null,
  created_at timestamptz not null,
  not_after timestamptz not null
);
grant select, insert on certificate_authority to ${app};

create table host (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 64),
  tags text[] not null default '{}',
  -- 'agent' joined by code; 'foreign' is somebody else's OpAMP agent with a certificate made for it.
  kind text not null check (kind in ('agent', 'foreign')),
  mode text not null check (mode in ('monitor')),
  -- The device key for life: SubjectPublicKeyInfo, and the SHA-256 of it that records and people name.
  device_key bytea not null,
  device_fingerprint bytea not null check (length(device_fingerprint) = 32),
  hostname text not null default '',
  os text not null default '',
  kernel text not null default '',
  architecture text not null default '',
  agent_version text not null default '',
  protected_from_server boolean not null,
  remote_address text not null default '',
  booted_at timestamptz,
  joined_at timestamptz not null,
  last_seen_at timestamptz,
  -- Counts the owner's edits, for ETags.
  version bigint not null default 1,
  -- A removed host keeps its row: its certificate stays refused and its record readable.
  removed_at timestamptz,
  primary key (tenant_id, id)
);
-- Names tell live hosts apart; a removed host's name is free again.
create unique index host_name on host (tenant_id, lower(name)) where removed_at is null;
create unique index host_device on host (tenant_id, device_fingerprint);

create table host_certificate (
  tenant_id uuid not null,
  serial bytea not null,
  host_id uuid not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  primary key (tenant_id, serial),
  foreign key (tenant_id, host_id) references host on delete cascade
);
create index host_certificate_host on host_certificate (tenant_id, host_id);

create table join_code (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- A keyed hash of the digest that the operator's page sent; the secret itself never was here.
  secret_hmac bytea not null,
  tags text[] not null default '{}',
  mode text not null check (mode in ('monitor')),
  protected_from_server boolean not null default true,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  cancelled_at timestamptz,
  host_id uuid,
  -- The last attempt that failed, for the dialog that waits.
  failure_cause text,
  failure_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, host_id) references host
);

grant select, insert, update, delete on host, host_certificate, join_code to ${app};

do $$
declare
  t text;
begin
  foreach t in array array['host', 'host_certificate', 'join_code']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy one_tenant on %I using (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)
         with check (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)', t);
  end loop;
  execute 'create policy across_tenants on tenant for select to ${owner} using (true)';
end
$$;
