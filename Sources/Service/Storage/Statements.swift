import Postgres

/// Every statement of the job store, in one place to read. Names say who uses them.
enum Statements {
    static let ping = PostgresStatement("ping", "SELECT 1")

    // MARK: Submitting

    /// Any number of jobs, a column each parameter. Entries are written in the order of the jobs, hidden for a while
    /// when they are handed to a relay besides.
    static let submit = PostgresStatement(
        "submit",
        """
        WITH job AS (
            \(insertJob)
            SELECT id, client, 'queued', query, input_range, category, data::jsonb, output_range, priority, model,
                trace
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::bigint[], $9::text[], $10::text[])
                AS new (id, client, query, input_range, category, data, output_range, priority, model, trace)
            RETURNING id)
        \(newEntry("$11"))
        """)

    /// Takes the key for the new job unless a younger use than 24 hours holds it.
    static let claimKey = PostgresStatement(
        "claim_key",
        """
        INSERT INTO idempotency_keys AS held (client_id, key, fingerprint, job_id)
        VALUES ($1, $2, $3::bytea, $4::uuid)
        ON CONFLICT (client_id, key) DO UPDATE
            SET fingerprint = excluded.fingerprint, job_id = excluded.job_id, created_at = now()
            WHERE held.created_at < now() - interval '24 hours'
        """)

    static let submitIfKeyClaimed = PostgresStatement(
        "submit_if_key_claimed",
        """
        WITH job AS (
            \(insertJob)
            SELECT $1::uuid, $2, 'queued', $3, $4, $5, $6::jsonb, $7, $8::smallint, $9::text, $10::text
            FROM idempotency_keys
            WHERE client_id = $2 AND key = $11 AND job_id = $1::uuid
            RETURNING id)
        \(newEntry("$12"))
        """)

    static let readKey = PostgresStatement(
        "read_key",
        "SELECT job_id, fingerprint = $3::bytea FROM idempotency_keys WHERE client_id = $1 AND key = $2")

    /// The same of a key that no new job may take yet.
    static let readLiveKey = PostgresStatement(
        "read_live_key", readKey.sql + " AND created_at >= now() - interval '24 hours'")

    /// A job that came over the queue; `ON CONFLICT` makes a redelivery harmless. Its outbox entry says where its
    /// message lies, as for any other job, so that it is not forgotten should the broker lose the message.
    static let adopt = PostgresStatement(
        "adopt",
        """
        WITH job AS (
            INSERT INTO ai_requests (\(jobColumns), user_id)
            VALUES ($1::uuid, $2, 'queued', $3, $4, $5, $6::jsonb, $7, $8::smallint, $9::text, $10::text,
                $13::int)
            ON CONFLICT (id) DO NOTHING
            RETURNING id)
        INSERT INTO outbox (job_id, kind, published_at, queue_partition, queue_offset)
        SELECT id, 'request', now(), $11::int, $12::bigint FROM job
        """)

    // MARK: Asking

    static let status = PostgresStatement(
        "status", "SELECT \(statusColumns), client_id, priority FROM ai_requests WHERE id = $1::uuid")

    /// The cost is the calls' that are recorded by now; sums of different currencies are none.
    static let result = PostgresStatement(
        "result",
        """
        SELECT r.client_id, \(resultColumns()), spent.cost, spent.currency
        FROM ai_requests r LEFT JOIN LATERAL (
            SELECT sum(cost) AS cost, min(currency) AS currency FROM model_calls
            WHERE request_id = r.id AND cost IS NOT NULL
            HAVING min(currency) = max(currency)) AS spent ON true
        WHERE r.id = $1::uuid
        """)

    static let states = PostgresStatement(
        "states", "SELECT id, status FROM ai_requests WHERE id = ANY ($1::uuid[])")

    static let load = PostgresStatement(
        "load", isLong: true,
        """
        SELECT (SELECT count(*) FROM (SELECT FROM ai_requests WHERE status = 'queued' LIMIT $1::int) AS waiting),
            (SELECT count(*) FROM ai_requests WHERE status = 'processing')
        """)

    // MARK: Holding

    /// Jobs and then entries are changed in the order of the jobs' ids, so that two of these, or one and a relay that
    /// marks what it has published, never wait for each other in a circle. Data of more than `$4` bytes stay behind:
    /// many jobs are claimed together.
    static let claim = PostgresStatement(
        "claim",
        """
        WITH claimed AS (
            UPDATE ai_requests AS job
            SET status = 'processing', started_at = coalesce(started_at, now()), attempts = attempts + 1,
                fencing_token = fencing_token + 1, lease_owner = $2, lease_until = now() + $3::interval
            FROM (SELECT * FROM unnest($1::uuid[]) ORDER BY 1) AS wanted (id)
            WHERE job.id = wanted.id AND \(isQueued) AND coalesce(next_attempt_at <= now(), true)
            RETURNING job.id, fencing_token, attempts, created_at, query_text, input_range, category, input_data,
                output_range, priority, requested_model, seconds_spent, client_id, traceparent),
        dispatched AS (
            DELETE FROM outbox USING (SELECT id FROM claimed ORDER BY id) AS begun
            WHERE job_id = begun.id AND kind = 'request')
        SELECT id, fencing_token, attempts, \(microseconds("created_at")),
            \(inputColumns("claimed", data: "CASE WHEN octet_length(data.text) <= $4::int THEN data.text END")),
            (seconds_spent * 1000000)::bigint, client_id, traceparent,
            CASE WHEN octet_length(data.text) > $4::int THEN octet_length(data.text) END
        FROM claimed CROSS JOIN LATERAL (SELECT claimed.input_data::text AS text OFFSET 0) AS data
        """)

    static let data = PostgresStatement("job_data", "SELECT input_data FROM ai_requests WHERE id = $1::uuid")

    static let renew = PostgresStatement(
        "renew",
        """
        UPDATE ai_requests SET lease_until = now() + $3::interval
        FROM (SELECT * FROM unnest($1::uuid[], $2::bigint[]) ORDER BY 1) AS held (id, token)
        WHERE ai_requests.id = held.id AND fencing_token = held.token AND \(isHeld)
        RETURNING ai_requests.id, fencing_token
        """)

    /// Any number of ends, a column each parameter. Returns two kinds of rows: the ends that were stored, with their
    /// places (from 1) and what their messages need, and after them the entries of these messages. What a failure does
    /// not know stays as it is; tokens add up with those of earlier tries.
    ///
    /// A result is JSON, or the cells of some rows of `$17`.
    ///
    /// They come in the order of the ids, in which `renew` goes as well: two statements that lock the same rows in
    /// different orders could wait for each other for ever. Sorting them here would copy each result once more.
    static let finish = PostgresStatement(
        "finish",
        """
        WITH ended AS (
            UPDATE ai_requests AS job
            SET status = held.status, result_message = held.message, result_range = held.range,
                result_data = CASE WHEN held.first_row IS NULL THEN held.data::jsonb ELSE to_jsonb(
                    ($17::text[])[held.first_row::int:held.last_row::int][1:held.width::int]) END,
                result_warnings = held.warnings::jsonb,
                category = coalesce(held.category, job.category),
                tokens_prompt = tokens_prompt + held.prompt,
                tokens_completion = tokens_completion + held.completion,
                tokens_precached = tokens_precached + held.precached,
                tokens_used = tokens_used + held.prompt + held.completion,
                model = coalesce(held.model, job.model), provider = coalesce(held.provider, job.provider),
                error_class = held.error_class, error_message = held.error_message,
                error_retryable = held.error_retryable, \(endColumns)
            FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[],
                $15::boolean[], $16::text[], $18::bigint[], $19::bigint[], $20::bigint[]) WITH ORDINALITY
                AS held (id, token, status, data, message, range, category, prompt, completion, precached, model,
                    provider, error_class, error_message, error_retryable, warnings, first_row, last_row, width,
                    place)
            WHERE job.id = held.id AND fencing_token = held.token AND \(isHeld("job.status"))
            RETURNING job.id, held.place, job.client_id, job.created_at, job.traceparent, job.processing_time,
                job.tokens_prompt, job.tokens_completion, job.tokens_precached),
        answered AS (
            INSERT INTO outbox (job_id, kind, hidden_until)
            SELECT id, 'response', coalesce(now() + $21::interval, '-infinity') FROM ended
            ON CONFLICT (job_id, kind) DO NOTHING RETURNING job_id, sequence)
        SELECT place, NULL::bigint AS sequence, id, client_id, \(microseconds("created_at")), traceparent,
            processing_time, tokens_prompt, tokens_completion, tokens_precached
        FROM ended
        UNION ALL
        SELECT NULL, sequence, job_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM answered
        """)

    static let handBack = PostgresStatement(
        "hand_back",
        """
        WITH freed AS (
            UPDATE ai_requests SET \(requeueColumns)
            FROM unnest($1::uuid[], $2::bigint[]) AS held (id, token)
            WHERE ai_requests.id = held.id AND fencing_token = held.token AND \(isHeld)
            RETURNING ai_requests.id)
        \(requestEntry)
        """)

    static let recoverLost = PostgresStatement(
        "recover_lost",
        """
        WITH lost AS MATERIALIZED (
            SELECT id, losses FROM ai_requests WHERE status = 'processing' AND lease_until < now()
            ORDER BY id LIMIT $1::int FOR UPDATE SKIP LOCKED),
        freed AS (
            UPDATE ai_requests SET losses = losses + 1, \(requeueColumns)
            WHERE id = ANY (ARRAY(SELECT id FROM lost WHERE losses < $2::smallint - 1))
            RETURNING id),
        ended AS (
            UPDATE ai_requests
            SET losses = losses + 1, status = 'failed', error_class = $3, error_message = $4, error_retryable = false,
                \(endColumns)
            WHERE id = ANY (ARRAY(SELECT id FROM lost WHERE losses >= $2::smallint - 1))
            RETURNING id),
        answered AS (\(responseEntry)),
        requested AS (\(requestEntry) RETURNING job_id)
        SELECT job_id, true FROM requested UNION ALL SELECT job_id, false FROM answered
        """)

    // MARK: Parts

    /// `status = 'queued'`, so put that the planner does not see the index of waiting jobs in it. A plan that is made
    /// while few jobs wait would read that index from end to end for each claim, and be kept when many do.
    private static let isQueued = "coalesce(status, '') = 'queued'"

    /// The same of held jobs. They are never many, but their index keeps an entry of each job that was held since it
    /// was last vacuumed.
    static let isHeld = isHeld("status")

    private static func isHeld(_ column: String) -> String { "coalesce(\(column), '') = 'processing'" }

    /// The outbox entry of each `job`, hidden for the time that the parameter has.
    private static func newEntry(_ hidingTime: String) -> String {
        """
        INSERT INTO outbox (job_id, kind, hidden_until)
        SELECT id, 'request', coalesce(now() + \(hidingTime)::interval, '-infinity') FROM job
        RETURNING job_id, sequence, \(microseconds("now()"))
        """
    }

    /// Followed by the values of `NewJob.parameters`, with the status in between.
    private static let insertJob = "INSERT INTO ai_requests (\(jobColumns))"

    private static let jobColumns = """
        id, client_id, status, query_text, input_range, category, input_data, output_range, priority, requested_model,
        traceparent
        """

    static func microseconds(_ column: String) -> String {
        "(extract(epoch FROM \(column)) * 1000000)::bigint"
    }

    static func inputColumns(_ table: String, data: String) -> String {
        let before = ["query_text", "input_range", "category"].map { "\(table).\($0)" }
        let after = ["output_range", "priority", "requested_model"].map { "\(table).\($0)" }
        return (before + [data] + after).joined(separator: ", ")
    }

    static let statusColumns = """
        status, attempts, \(microseconds("created_at")), \(microseconds("started_at")),
            \(microseconds("completed_at")), \(microseconds("next_attempt_at")), last_error_class, last_error_message
        """

    static func resultColumns(data: String = "r.result_data", message: String = "r.result_message") -> String {
        """
        r.status, \(data), \(message), r.result_range, r.category, r.tokens_prompt, r.tokens_completion,
        r.tokens_precached, r.model, r.provider, r.processing_time, r.error_class, r.error_message, r.error_retryable,
        r.result_warnings
        """
    }

    static let endColumns = """
        completed_at = now(), processing_time = extract(epoch FROM now() - started_at), lease_owner = NULL,
        lease_until = NULL
        """

    private static let requeueColumns = """
        status = 'queued', attempts = greatest(attempts - 1, 0), lease_owner = NULL, lease_until = NULL
        """

    static let responseEntry = """
        INSERT INTO outbox (job_id, kind) SELECT id, 'response' FROM ended
        ON CONFLICT (job_id, kind) DO NOTHING RETURNING job_id
        """

    static let requestEntry = """
        INSERT INTO outbox (job_id, kind) SELECT id, 'request' FROM freed
        ON CONFLICT (job_id, kind) DO UPDATE SET published_at = NULL, hidden_until = '-infinity'
        """
}
