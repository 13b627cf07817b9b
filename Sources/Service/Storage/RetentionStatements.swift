import Postgres

/// The statements that delete what is old.
enum RetentionStatements {
    /// What was not added up yet would be missing from the statistics. A job ends after it was made, so the index by
    /// creation finds the candidates. The foreign key takes the feedback
    /// along; the outbox has none, and an entry without its job would be looked at for ever.
    static let deleteEnded = PostgresStatement(
        "delete_ended",
        """
        WITH old AS MATERIALIZED (
            SELECT id FROM ai_requests
            WHERE created_at < now() - $1::interval AND completed_at < now() - $1::interval
                AND status IN ('completed', 'failed', 'cancelled')
                AND completed_at < (SELECT until FROM statistics_progress WHERE only_row)
                AND NOT EXISTS (
                    SELECT FROM ai_responses WHERE ai_request_id = ai_requests.id
                        AND ai_responses.created_at >= (SELECT until FROM statistics_progress WHERE only_row))
            ORDER BY created_at LIMIT $2::int FOR UPDATE SKIP LOCKED),
        gone AS (DELETE FROM ai_requests WHERE id = ANY (ARRAY(SELECT id FROM old)) RETURNING id),
        entries AS (DELETE FROM outbox WHERE job_id = ANY (ARRAY(SELECT id FROM old)))
        SELECT count(*) FROM gone
        """)

    /// A key may be used anew after 24 hours, see `Statements.claimKey`.
    static let deleteExpiredKeys = PostgresStatement(
        "delete_expired_keys",
        """
        WITH gone AS (
            DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM idempotency_keys WHERE created_at < now() - interval '24 hours'
                ORDER BY created_at LIMIT $1::int FOR UPDATE SKIP LOCKED))
            RETURNING key)
        SELECT count(*) FROM gone
        """)
}
