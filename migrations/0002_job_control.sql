-- Retries and retention.

-- A job that waits to be tried again is queued, with its outbox entry hidden until then. What its last try failed of
-- stays apart from error_*, which say why a job has ended.
ALTER TABLE ai_requests
    ADD COLUMN next_attempt_at     timestamptz,
    ADD COLUMN last_error_class    text,
    ADD COLUMN last_error_message  text,
    -- What earlier tries and the pauses between them took, against MAX_PROCESSING_TIME.
    ADD COLUMN seconds_spent       double precision NOT NULL DEFAULT 0;

-- Ended jobs are found by ai_requests_created_at: a job ends soon after it was made, next to its age limit.
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
