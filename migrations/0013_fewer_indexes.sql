-- Fewer indexes to be written for each job.

-- An entry is found by its number only while it waits to be published, and the index of those has it; otherwise it is
-- found by its job. The identity gives no number twice.
ALTER TABLE outbox DROP CONSTRAINT outbox_pkey;
-- What logical replication, where somebody uses it, tells the rows apart by.
ALTER TABLE outbox REPLICA IDENTITY USING INDEX outbox_job_id_kind_key;

-- The ids of calls begin with their time, so the primary key has the oldest first.
DROP INDEX model_calls_created_at;
