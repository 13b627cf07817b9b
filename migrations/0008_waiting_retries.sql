-- Jobs that wait for their next try stand in nobody's way until it is due. With the time in the index, the places of
-- all waiting jobs are still told from it alone.
DROP INDEX ai_requests_queued;
CREATE INDEX ai_requests_queued ON ai_requests (client_id, priority, created_at) INCLUDE (next_attempt_at)
    WHERE status = 'queued';
