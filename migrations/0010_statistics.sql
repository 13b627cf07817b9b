-- What became of jobs, added up by stretches of ten minutes, so that it outlives the jobs.

-- A row is one stretch and one category, and "timestamp" is where the stretch begins.
ALTER TABLE service_metrics
    ADD COLUMN category            text NOT NULL DEFAULT '',
    ADD COLUMN cancelled_requests  integer NOT NULL DEFAULT 0,
    ADD COLUMN timed_requests      integer NOT NULL DEFAULT 0,
    ADD COLUMN processing_seconds  double precision NOT NULL DEFAULT 0,
    ADD COLUMN tokens_prompt       bigint NOT NULL DEFAULT 0,
    ADD COLUMN tokens_completion   bigint NOT NULL DEFAULT 0,
    ADD COLUMN tokens_precached    bigint NOT NULL DEFAULT 0,
    ADD COLUMN ratings_up          integer NOT NULL DEFAULT 0,
    ADD COLUMN ratings_down        integer NOT NULL DEFAULT 0;

-- No unique index: a table of an earlier service may hold anything. That nothing is added up twice is seen to by the
-- row below.
CREATE INDEX service_metrics_timestamp ON service_metrics (timestamp);

-- Up to where all has been added up. Jobs that ended later are read themselves, and are not deleted before.
CREATE TABLE statistics_progress (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    until     timestamptz NOT NULL
);
INSERT INTO statistics_progress (until)
SELECT to_timestamp(floor(extract(epoch FROM coalesce(min(completed_at), now())) / 600) * 600) FROM ai_requests
WHERE completed_at IS NOT NULL;

-- Feedback is given long after the end; it counts when it was given.
CREATE INDEX ai_responses_created_at ON ai_responses (created_at);

-- The trace that a job is part of (W3C Trace Context), so that its worker and its model's provider go on with it.
ALTER TABLE ai_requests ADD COLUMN traceparent text;
