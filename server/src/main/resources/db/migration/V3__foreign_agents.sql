-- The instance uid that a foreign agent came with first, and may not change. Our own agents go by their host's id.
alter table host add column instance_uid bytea check (length(instance_uid) = 16);
