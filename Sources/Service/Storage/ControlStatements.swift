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

    /// The holds that are no longer as they were, with what their jobs are now.
    static let endedHolds = PostgresStatement(
        "ended_holds",
        """
        SELECT held.id, held.token, job.status
        FROM unnest($1::uuid[], $2::bigint[]) AS held (id, token) JOIN ai_requests job ON job.id = held.id
        WHERE job.fencing_token <> held.token OR job.status <> 'processing'
        """)
}
