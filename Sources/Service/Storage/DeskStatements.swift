import Postgres

/// The statements for operators.
enum DeskStatements {
    /// The standing, who asked and runs it, the input and the result; tables are given by their size alone.
    private static let columns = """
        \(Statements.statusColumns), id, client_id, lease_owner, losses, octet_length(input_data::text),
            octet_length(result_data::text), query_text, input_range, category, NULL, output_range, priority,
            requested_model, status, NULL, result_message, result_range, category, tokens_prompt, tokens_completion,
            tokens_precached, model, provider, processing_time, error_class, error_message, error_retryable,
            result_warnings
        """

    /// Walks the index by creation, from `$4` on, over `$5` jobs at most.
    static let list = PostgresStatement(
        "desk_list", isLong: true,
        """
        SELECT \(columns)
        FROM (
            SELECT * FROM ai_requests
            WHERE created_at <= coalesce((SELECT created_at FROM ai_requests WHERE id = $4::uuid), 'infinity')
                AND ($4::uuid IS NULL
                    OR (created_at, id) < ((SELECT created_at FROM ai_requests WHERE id = $4::uuid), $4::uuid))
            ORDER BY created_at DESC, id DESC LIMIT $5::int) AS youngest
        WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR client_id = $2)
        ORDER BY created_at DESC, id DESC LIMIT $3::int
        """)

    static let record = PostgresStatement(
        "desk_record", "SELECT \(columns) FROM ai_requests WHERE id = $1::uuid")

    /// The token grows, so that a worker that was away since before the end stays shut out.
    static let requeue = PostgresStatement(
        "desk_requeue",
        """
        WITH freed AS (
            UPDATE ai_requests
            SET status = 'queued', fencing_token = fencing_token + 1, attempts = 0, losses = 0, seconds_spent = 0,
                next_attempt_at = NULL, last_error_class = NULL, last_error_message = NULL, error_class = NULL,
                error_message = NULL, error_retryable = NULL, started_at = NULL, completed_at = NULL,
                processing_time = NULL
            WHERE id = $1::uuid AND status IN ('failed', 'cancelled')
            RETURNING id)
        \(Statements.requestEntry)
        RETURNING job_id
        """)

    /// News of the end that was not sent yet would be sent without one.
    static let forgetResponse = PostgresStatement(
        "desk_forget_response",
        """
        DELETE FROM outbox WHERE job_id = $1::uuid AND kind = 'response'
            AND EXISTS (SELECT FROM ai_requests WHERE id = $1::uuid AND status = 'queued')
        """)
}
