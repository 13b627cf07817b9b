import Postgres

/// The statements by which somebody other than a worker changes a job's standing.
enum ControlStatements {
    /// The token grows, so that what a worker still brings is refused.
    static let cancel = PostgresStatement(
        "cancel",
        """
        WITH ended AS (
            UPDATE ai_requests
            SET status = 'cancelled', fencing_token = fencing_token + 1, \(Statements.endColumns)
            WHERE id = $1::uuid AND status IN ('pending', 'queued', 'processing')
            RETURNING id)
        \(Statements.responseEntry)
        """)

    /// Follows `cancel` in its transaction instead of being part of it: a statement does not see an entry that was
    /// written while it waited for the job's row, and the entry of a job that has ended would be published for ever.
    static let forgetRequest = PostgresStatement(
        "forget_request",
        """
        DELETE FROM outbox WHERE job_id = $1::uuid AND kind = 'request'
            AND EXISTS (SELECT FROM ai_requests WHERE id = $1::uuid AND status = 'cancelled')
        """)

    /// `$4` is how many attempts are given back; what the try cost adds up. The message goes out when the entry comes
    /// into sight.
    static let retryLater = PostgresStatement(
        "retry_later",
        """
        WITH freed AS (
            UPDATE ai_requests
            SET status = 'queued', lease_owner = NULL, lease_until = NULL, next_attempt_at = now() + $3::interval,
                attempts = greatest(attempts - $4::int, 0), seconds_spent = extract(epoch FROM $5::interval),
                last_error_class = $6, last_error_message = $7, tokens_prompt = tokens_prompt + $8::int,
                tokens_completion = tokens_completion + $9::int, tokens_precached = tokens_precached + $10::int,
                tokens_used = tokens_used + $8::int + $9::int
            WHERE id = $1::uuid AND fencing_token = $2::bigint AND \(Statements.isHeld)
            RETURNING id, next_attempt_at)
        INSERT INTO outbox (job_id, kind, hidden_until) SELECT id, 'request', next_attempt_at FROM freed
        ON CONFLICT (job_id, kind) DO UPDATE SET published_at = NULL, hidden_until = excluded.hidden_until
        RETURNING job_id
        """)

    /// The holds that are no longer as they were, with what their jobs are now.
    static let endedHolds = PostgresStatement(
        "ended_holds",
        """
        SELECT held.id, held.token, job.status
        FROM unnest($1::uuid[], $2::bigint[]) AS held (id, token) JOIN ai_requests job ON job.id = held.id
        WHERE job.fencing_token <> held.token OR job.status <> 'processing'
        """)
}
