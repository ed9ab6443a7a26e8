-- Programs: service accounts, and the API tokens of people and of service accounts.

-- A program's own account: a role and a scope, no password, no factor, no way to sign in.
create table service_account (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 64),
  -- No owner: whoever holds a tenant is a person.
  role text not null check (role in ('admin', 'operator', 'viewer', 'auditor')),
  scope_tags text[],
  scope_groups uuid[],
  created_at timestamptz not null,
  version bigint not null default 1,
  primary key (tenant_id, id),
  check ((scope_tags is null) = (scope_groups is null))
);
create unique index service_account_name on service_account (tenant_id, lower(name));

create table api_token (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 64),
  person_id uuid,
  service_account_id uuid,
  -- Argon2id with a salt of its own: a copy of this table opens nothing, and two tokens never look alike.
  secret_hash text not null check (secret_hash like '$argon2id$%'),
  -- Permission codes; what the token may is these, and its owner's role and scope besides.
  scopes text[] not null,
  -- CIDR; none means from everywhere.
  networks text[] not null,
  -- The token that made this one, which takes it along when it ends.
  made_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  disabled_at timestamptz,
  last_used_at timestamptz,
  last_used_address text,
  version bigint not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person on delete cascade,
  foreign key (tenant_id, service_account_id) references service_account on delete cascade,
  foreign key (tenant_id, made_by) references api_token on delete cascade,
  check (num_nonnulls(person_id, service_account_id) = 1)
);
create unique index api_token_name on api_token (tenant_id, lower(name));
-- A token names itself before its tenant is known.
create unique index api_token_id on api_token (id);
create index api_token_person on api_token (tenant_id, person_id);
create index api_token_service_account on api_token (tenant_id, service_account_id);
create index api_token_made_by on api_token (tenant_id, made_by);

grant select, insert, update, delete on service_account, api_token to ${app};

do $$
declare
  t text;
begin
  foreach t in array array['service_account', 'api_token']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy one_tenant on %I using (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)
         with check (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)', t);
  end loop;
  -- A token is found, with its owner and the hosts that the owner's role is about, before its tenant is known.
  foreach t in array array['service_account', 'api_token', 'host_group']
  loop
    execute format('create policy across_tenants_to_find_tokens on %I for select to ${owner} using (true)', t);
  end loop;
end
$$;
