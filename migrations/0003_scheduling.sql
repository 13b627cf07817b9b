-- What a waiting job's place in the queue and its remaining time are told from.

-- In the order in which one client's jobs of one priority start. Takes the place of the index by id, which
-- only counted them.
DROP INDEX ai_requests_queued;
CREATE INDEX ai_requests_queued ON ai_requests (client_id, priority, created_at) WHERE status = 'queued';

-- The latest ends, for the rate at which jobs are done.
CREATE INDEX ai_requests_completed_at ON ai_requests (completed_at) WHERE completed_at IS NOT NULL;

-- The worker processes that are alive, and how many jobs each runs at a time.
CREATE TABLE workers (
    owner        text PRIMARY KEY,
    concurrency  integer NOT NULL,
    seen_at      timestamptz NOT NULL DEFAULT now()
);
