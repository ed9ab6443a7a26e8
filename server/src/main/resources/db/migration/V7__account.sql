-- Own accounts: passkeys that a path can name, when a password was set, and how fresh a session's proof is.

-- A sign-in that began with an older password ends there.
alter table person add column password_changed_at timestamptz;

-- Credential ids are long and are an authenticator's business: people name their passkeys by this one.
alter table passkey add column id uuid not null default gen_random_uuid();
create unique index passkey_id on passkey (tenant_id, id);
create index passkey_person on passkey (tenant_id, person_id);

-- Until when the session needs no further proof of a factor for what is sensitive. Older sessions need one.
alter table session add column fresh_until timestamptz;
create index session_person on session (tenant_id, person_id);
