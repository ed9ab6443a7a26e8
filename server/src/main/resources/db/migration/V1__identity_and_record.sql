-- The security core: installation, tenants, people and their factors, sessions, the audit record.
--
-- Row-level security separates tenants. Every table with a tenant_id forces it, for its owner too, and shows only
-- the tenant that the transaction named. Roles: the owner migrates and owns, the pool's role owns nothing.

revoke create on schema public from public;

create table installation (
  singleton boolean primary key default true check (singleton),
  id uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now(),
  setup_code_hmac bytea,
  setup_completed_at timestamptz
);
insert into installation default values;
grant select, update (setup_code_hmac, setup_completed_at) on installation to ${app};

create table tenant (
  tenant_id uuid primary key,
  name text not null check (length(name) between 1 and 64),
  created_at timestamptz not null default now()
);

create table person (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 64),
  role text not null check (role in ('owner')),
  password_hash text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

-- Signing in starts from a name alone, before a tenant is known: this index is read only through the functions
-- across tenants, and its key is the one unique key that does not begin with the tenant.
create table sign_in_name (
  name_key text primary key,
  tenant_id uuid not null,
  person_id uuid not null,
  foreign key (tenant_id, person_id) references person on delete cascade
);

create table totp_factor (
  tenant_id uuid not null,
  person_id uuid not null,
  sealed_secret bytea not null,
  -- The last time step that was accepted: a code is good once (RFC 6238, section 5.2).
  last_step bigint not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references person on delete cascade
);

create table passkey (
  tenant_id uuid not null,
  credential_id bytea not null,
  person_id uuid not null,
  name text not null,
  attested_credential bytea not null,
  sign_count bigint not null,
  backup_eligible boolean not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (tenant_id, credential_id),
  foreign key (tenant_id, person_id) references person on delete cascade
);

create table recovery_code (
  tenant_id uuid not null,
  person_id uuid not null,
  code_hmac bytea not null,
  used_at timestamptz,
  primary key (tenant_id, person_id, code_hmac),
  foreign key (tenant_id, person_id) references person on delete cascade
);

create table session (
  tenant_id uuid not null,
  id uuid not null,
  -- The cookie's value is known only as a keyed hash: a copy of this table opens no session.
  id_hmac bytea not null unique,
  person_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  remote_address text not null,
  user_agent text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person on delete cascade
);

-- Ceremonies (setup, second factors, passkeys) are sealed tokens that the browser holds; a finished one is noted
-- here until it would have expired, so that none is used twice.
create table spent_ceremony (
  id uuid primary key,
  expires_at timestamptz not null
);
grant select, insert, delete on spent_ceremony to ${app};

create table audit_head (
  tenant_id uuid primary key,
  sequence bigint not null,
  hash bytea not null check (length(hash) = 32)
);

create table audit_record (
  tenant_id uuid not null,
  sequence bigint not null,
  record bytea not null,
  hash bytea not null check (length(hash) = 32),
  primary key (tenant_id, sequence)
);

grant select, insert, update, delete on tenant, person, totp_factor, passkey, recovery_code, session to ${app};
grant select on audit_head, audit_record to ${app}, ${audit};

do $$
declare
  t text;
begin
  foreach t in array array['tenant', 'person', 'sign_in_name', 'totp_factor', 'passkey', 'recovery_code', 'session',
    'audit_head', 'audit_record']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy one_tenant on %I using (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)
         with check (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)', t);
  end loop;
  -- The functions across tenants run as the owner; only these two tables let it see every row.
  foreach t in array array['sign_in_name', 'session']
  loop
    execute format('create policy across_tenants on %I to ${owner} using (true) with check (true)', t);
  end loop;
end
$$;
