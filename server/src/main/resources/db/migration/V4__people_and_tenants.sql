-- Who may do what: roles and their scopes, groups of hosts, invitations, and tenants that end.

-- The short name that an operator of the installation uses. It is the installation's, not the tenant's, and so the one
-- name that is unique among all.
alter table tenant add column slug text;
-- Forced row-level security hides every row from its owner too, who must fill the column once.
alter table tenant no force row level security;
update tenant t set slug = case when n.number = 1 then 'main' else 'tenant-' || n.number end
  from (select tenant_id, row_number() over (order by created_at) as number from tenant) n
  where n.tenant_id = t.tenant_id;
alter table tenant force row level security;
alter table tenant alter column slug set not null;
alter table tenant add constraint tenant_slug_key unique (slug);
alter table tenant add constraint tenant_slug_check check (slug ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$');
-- A deleted tenant is shut at once, and its rows go when the grace period is over.
alter table tenant add column deleted_at timestamptz;
alter table tenant add column purge_at timestamptz;
alter table tenant add constraint tenant_purge_check check ((deleted_at is null) = (purge_at is null));
-- Counts edits, for ETags.
alter table tenant add column version bigint not null default 1;

alter table person drop constraint person_role_check;
alter table person add constraint person_role_check
  check (role in ('owner', 'admin', 'operator', 'viewer', 'auditor'));
-- Runs the installation: may make and end tenants, and sees nothing inside them.
alter table person add column platform boolean not null default false;
alter table person no force row level security;
update person set platform = true;
alter table person force row level security;
-- Null means every host; otherwise the hosts that bear one of the tags, or one of a group's.
alter table person add column scope_tags text[];
alter table person add column scope_groups uuid[];
alter table person add constraint person_scope_check check ((scope_tags is null) = (scope_groups is null));
alter table person add column suspended_at timestamptz;
alter table person add column last_sign_in_at timestamptz;
alter table person add column version bigint not null default 1;

create table host_group (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 64),
  tags text[] not null,
  version bigint not null default 1,
  primary key (tenant_id, id)
);
create unique index host_group_name on host_group (tenant_id, lower(name));

create table invitation (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- A keyed hash: a copy of this table lets nobody in.
  code_hmac bytea not null,
  -- For whom it is meant, in the words of whoever wrote it.
  note text not null check (length(note) between 1 and 64),
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer', 'auditor')),
  scope_tags text[],
  scope_groups uuid[],
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  check ((scope_tags is null) = (scope_groups is null))
);

grant select, insert, update, delete on host_group, invitation to ${app};

do $$
declare
  t text;
begin
  foreach t in array array['host_group', 'invitation']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy one_tenant on %I using (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)
         with check (tenant_id = nullif(current_setting(''bulkhead.tenant'', true), '''')::uuid)', t);
  end loop;
  -- Whether somebody is suspended is asked together with the session; how much a tenant holds, by who runs the
  -- installation.
  foreach t in array array['person', 'host']
  loop
    execute format('create policy across_tenants on %I for select to ${owner} using (true)', t);
  end loop;
end
$$;
