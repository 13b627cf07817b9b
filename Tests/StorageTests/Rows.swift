/// SQL that fills tables faster than the store does.
enum Rows {
    /// So many waiting jobs with their outbox entries, in one order.
    static func queued(_ count: Int) -> String {
        """
        WITH job AS (
            INSERT INTO ai_requests (id, client_id, status, query_text)
            SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'filler', 'queued', 'x'
            FROM generate_series(1, \(count)) n
            RETURNING id)
        INSERT INTO outbox (job_id, kind) SELECT id, 'request' FROM job ORDER BY id
        """
    }

    /// So many waiting jobs that came evenly, by turns from each client.
    static func queuedLines(_ count: Int, clients: Int) -> String {
        """
        INSERT INTO ai_requests (id, client_id, status, query_text, created_at)
        SELECT gen_random_uuid(), 'client-' || n % \(clients), 'queued', 'x',
            now() - interval '1 hour' + n * interval '10 milliseconds'
        FROM generate_series(1, \(count)) n
        """
    }

    /// A database in the middle of its life while the broker is away: of so many jobs one in fifty waits, one in five
    /// hundred runs, and the rest have ended, one a minute; the outbox holds the requests, every other one published,
    /// and the responses. `ANALYZE` stands for what autovacuum does by itself.
    static func history(_ count: Int) -> String {
        """
        INSERT INTO ai_requests (id, client_id, status, query_text, input_data, lease_until, fencing_token,
            created_at, completed_at)
        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'filler',
            CASE WHEN n % 50 = 0 THEN 'queued' WHEN n % 500 = 1 THEN 'processing' ELSE 'completed' END,
            'Посчитай сумму по столбцу', '[["a", 1], ["b", 2]]', now() + interval '1 minute', 1,
            now() - n * interval '1 minute',
            CASE WHEN n % 50 > 0 AND n % 500 <> 1 THEN now() - (n - 1) * interval '1 minute' END
        FROM generate_series(1, \(count)) n;
        INSERT INTO outbox (job_id, kind, published_at, queue_partition, queue_offset)
        SELECT id, 'request', CASE WHEN row_number() OVER () % 2 = 0 THEN now() - interval '1 hour' END, 0,
            row_number() OVER ()
        FROM ai_requests WHERE status = 'queued';
        INSERT INTO outbox (job_id, kind) SELECT id, 'response' FROM ai_requests WHERE status = 'completed';
        INSERT INTO idempotency_keys (client_id, key, fingerprint, job_id, created_at)
        SELECT 'filler', 'k' || n, '\\x00', '00000000-0000-7000-8000-000000000001', now() - n * interval '1 minute'
        FROM generate_series(1, \(count)) n;
        INSERT INTO model_calls (id, request_id, caller_id, client_id, stage, outcome, attempts, gate_wait_ms,
            duration_ms, tokens_prompt, tokens_completion, tokens_precached, question_bytes, answer_bytes, created_at)
        SELECT gen_random_uuid(), CASE WHEN n % 10 > 0 THEN id END, 'x', 'filler', 'generation', 'ok', 1, 0, 1, 1, 1,
            0, 1, 1, created_at
        FROM (SELECT id, created_at, row_number() OVER () AS n FROM ai_requests) AS job;
        ANALYZE model_calls;
        INSERT INTO rate_windows SELECT 'c' || n, now() + n * interval '1 second', 1
        FROM generate_series(1, 10000) n;
        INSERT INTO api_keys (id, name, prefix, digest, scopes)
        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'k', 'go_', sha256(n::text::bytea),
            '{read}'
        FROM generate_series(1, 10000) n;
        ANALYZE rate_windows;
        ANALYZE api_keys;
        ANALYZE idempotency_keys;
        ANALYZE ai_requests;
        ANALYZE outbox;
        """
    }
}
