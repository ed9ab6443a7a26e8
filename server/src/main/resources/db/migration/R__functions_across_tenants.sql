-- Everything that crosses tenants, and everything that the pool's role may do only through a function, is in this
-- file. Each function runs as the owner, with a fixed search path, and answers with the least that its caller needs.

-- Who signs in under a name? The name is folded by the caller.
create or replace function find_sign_in(p_name_key text)
  returns table (tenant_id uuid, person_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select n.tenant_id, n.person_id from sign_in_name n where n.name_key = p_name_key $$;

-- Takes a sign-in name for a person of the current tenant; false when somebody has it.
create or replace function claim_sign_in_name(p_name_key text, p_person uuid)
  returns boolean
  language sql security definer set search_path = public, pg_temp
  as $$
    with taken as (
      insert into sign_in_name (name_key, tenant_id, person_id)
      values (p_name_key, current_setting('bulkhead.tenant')::uuid, p_person)
      on conflict do nothing returning 1)
    select exists (select from taken)
  $$;

-- The live session of a cookie's keyed hash; notes that it was seen, at most once a minute. A suspended person and a
-- deleted tenant have none.
create or replace function find_session(p_id_hmac bytea, p_now timestamptz, p_idle interval)
  returns table (tenant_id uuid, id uuid, person_id uuid, last_seen_at timestamptz, expires_at timestamptz)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  begin
    update session s set last_seen_at = p_now
      where s.id_hmac = p_id_hmac and s.expires_at > p_now and s.last_seen_at > p_now - p_idle
        and s.last_seen_at < p_now - interval '1 minute';
    return query select s.tenant_id, s.id, s.person_id, s.last_seen_at, s.expires_at from session s
      join person p on p.tenant_id = s.tenant_id and p.id = s.person_id and p.suspended_at is null
      join tenant t on t.tenant_id = s.tenant_id and t.deleted_at is null
      where s.id_hmac = p_id_hmac and s.expires_at > p_now and s.last_seen_at > p_now - p_idle;
  end
  $$;

-- Removes what has expired; answers how many rows went.
create or replace function purge_expired(p_now timestamptz, p_idle interval)
  returns bigint
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    gone bigint;
    ceremonies bigint;
  begin
    delete from session s where s.expires_at <= p_now or s.last_seen_at <= p_now - p_idle;
    get diagnostics gone = row_count;
    delete from spent_ceremony c where c.expires_at <= p_now;
    get diagnostics ceremonies = row_count;
    return gone + ceremonies;
  end
  $$;

-- Locks the head of the current tenant's chain (the platform's is tenant 0) and answers with it; makes it when new.
create or replace function audit_lock_head()
  returns table (sequence bigint, hash bytea)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  begin
    insert into audit_head (tenant_id, sequence, hash)
      values (current_setting('bulkhead.tenant')::uuid, 0, decode(repeat('00', 32), 'hex'))
      on conflict do nothing;
    return query select h.sequence, h.hash from audit_head h for update;
  end
  $$;

-- Appends one record under the head that the caller locked; refuses any other place in the chain.
create or replace function audit_append(p_sequence bigint, p_record bytea, p_hash bytea)
  returns void
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  begin
    update audit_head set sequence = p_sequence, hash = p_hash where sequence = p_sequence - 1;
    if not found then
      raise exception 'audit record % does not follow the head of its chain', p_sequence;
    end if;
    if p_hash <> sha256('bulkhead/audit/1'::bytea || '\x00'::bytea || p_record) then
      raise exception 'audit record % does not match its hash', p_sequence;
    end if;
    insert into audit_record (tenant_id, sequence, record, hash)
      values (current_setting('bulkhead.tenant')::uuid, p_sequence, p_record, p_hash);
  end
  $$;

-- The tenants that live, oldest first: background work visits each in a transaction of its own.
create or replace function list_tenants()
  returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.tenant_id from tenant t where t.deleted_at is null order by t.created_at $$;

-- The API token of an id with all that decides what it may: asked on every request, so that every change of the token,
-- of its owner or of the tenant holds at once. `stamp` changes with the token and with its owner.
create or replace function find_api_token(p_id uuid)
  returns table (tenant_id uuid, tenant_name text, is_service boolean, owner_id uuid, owner_name text, owner_role text,
    platform boolean, scope_tags text[], group_tags text[], owner_stands boolean, secret_hash text, scopes text[],
    networks text[], expires_at timestamptz, disabled boolean, last_used_at timestamptz, stamp text)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select k.tenant_id, t.name, k.person_id is null, coalesce(p.id, a.id), coalesce(p.name, a.name),
      coalesce(p.role, a.role), coalesce(p.platform, false), coalesce(p.scope_tags, a.scope_tags),
      array(select tag from host_group g, unnest(g.tags) tag
        where g.tenant_id = k.tenant_id and g.id = any(coalesce(p.scope_groups, a.scope_groups))),
      t.deleted_at is null and p.suspended_at is null, k.secret_hash, k.scopes, k.networks, k.expires_at,
      k.disabled_at is not null, k.last_used_at, k.version || '.' || coalesce(p.version, a.version)
    from api_token k
      join tenant t on t.tenant_id = k.tenant_id
      left join person p on p.tenant_id = k.tenant_id and p.id = k.person_id
      left join service_account a on a.tenant_id = k.tenant_id and a.id = k.service_account_id
    where k.id = p_id
  $$;

-- From where a tenant may be used; nothing means from everywhere. Asked on every request.
create or replace function list_enabled_networks(p_tenant uuid)
  returns table (cidr text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select n.cidr from allowed_network n where n.tenant_id = p_tenant and n.enabled $$;

do $$
declare
  f text;
begin
  foreach f in array array['find_sign_in(text)', 'claim_sign_in_name(text, uuid)',
    'find_session(bytea, timestamptz, interval)', 'purge_expired(timestamptz, interval)',
    'audit_lock_head()', 'audit_append(bigint, bytea, bytea)', 'list_tenants()', 'find_api_token(uuid)',
    'list_enabled_networks(uuid)']
  loop
    execute 'revoke all on function ' || f || ' from public';
    execute 'grant execute on function ' || f || ' to ${app}';
  end loop;
  execute 'grant execute on function audit_lock_head() to ${audit}';
  execute 'grant execute on function audit_append(bigint, bytea, bytea) to ${audit}';
end
$$;

-- The living tenants of the people who run the installation, oldest first: the machine of the server is theirs.
create or replace function list_home_tenants()
  returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select t.tenant_id from tenant t
      where t.deleted_at is null
        and exists (select from person p where p.tenant_id = t.tenant_id and p.platform and p.suspended_at is null)
      order by t.created_at
  $$;

-- What whoever runs the installation sees of tenants: names, times, and how much is in them. A page by name.
create or replace function list_tenant_summaries(
    p_query text, p_state text, p_after_name text, p_after_id uuid, p_limit integer)
  returns table (tenant_id uuid, name text, slug text, created_at timestamptz, deleted_at timestamptz,
    purge_at timestamptz, people bigint, hosts bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select t.tenant_id, t.name, t.slug, t.created_at, t.deleted_at, t.purge_at,
      (select count(*) from person p where p.tenant_id = t.tenant_id),
      (select count(*) from host h where h.tenant_id = t.tenant_id and h.removed_at is null)
    from tenant t
    where (p_query is null or strpos(lower(t.name), lower(p_query)) > 0 or strpos(t.slug, lower(p_query)) > 0)
      and (p_state is null or (p_state = 'deleted') = (t.deleted_at is not null))
      and (p_after_id is null or (lower(t.name), t.tenant_id) > (lower(p_after_name), p_after_id))
    order by lower(t.name), t.tenant_id limit p_limit
  $$;

-- The deleted tenants whose time to be restored is over.
create or replace function list_tenants_to_purge(p_now timestamptz)
  returns table (tenant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.tenant_id from tenant t where t.purge_at <= p_now order by t.purge_at $$;

-- Deletes at most so many rows of the current tenant, whose time is over; answers how many, 0 when only its own row
-- and the head of its chain are left. The pool's role may delete no record: this is the one way in which a chain ends.
create or replace function purge_tenant_rows(p_now timestamptz, p_limit integer)
  returns integer
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    doomed uuid := nullif(current_setting('bulkhead.tenant', true), '')::uuid;
    t text;
    gone integer;
  begin
    perform 1 from tenant where tenant_id = doomed and purge_at <= p_now for update;
    if not found then
      raise exception 'tenant % is not to be purged', doomed;
    end if;
    -- Whoever refers to a row comes before it.
    foreach t in array array['allowed_network', 'api_token', 'service_account', 'recovery_code', 'totp_factor', 'passkey', 'session', 'sign_in_name', 'invitation',
      'host_group', 'join_code', 'host_certificate', 'host', 'person', 'audit_record']
    loop
      execute format('delete from %I where tenant_id = $1 and ctid = any (array(
        select ctid from %I where tenant_id = $1 limit $2))', t, t) using doomed, p_limit;
      get diagnostics gone = row_count;
      if gone > 0 then
        return gone;
      end if;
    end loop;
    return 0;
  end
  $$;

-- Deletes what is left of the current tenant; answers with the head that its chain had.
create or replace function purge_tenant_end(p_now timestamptz)
  returns table (sequence bigint, hash bytea)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    doomed uuid := nullif(current_setting('bulkhead.tenant', true), '')::uuid;
  begin
    perform 1 from tenant t where t.tenant_id = doomed and t.purge_at <= p_now for update;
    if not found then
      raise exception 'tenant % is not to be purged', doomed;
    end if;
    return query delete from audit_head h where h.tenant_id = doomed returning h.sequence, h.hash;
    delete from audit_record r where r.tenant_id = doomed;
    delete from tenant t where t.tenant_id = doomed;
  end
  $$;

do $$
declare
  f text;
begin
  foreach f in array array['list_home_tenants()', 'list_tenant_summaries(text, text, text, uuid, integer)',
    'list_tenants_to_purge(timestamptz)', 'purge_tenant_rows(timestamptz, integer)', 'purge_tenant_end(timestamptz)']
  loop
    execute 'revoke all on function ' || f || ' from public';
    execute 'grant execute on function ' || f || ' to ${app}';
  end loop;
end
$$;
