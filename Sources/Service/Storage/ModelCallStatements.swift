import Postgres

/// The statements for the journal of model calls.
enum ModelCallStatements {
    private static let columns = """
        id, request_id, caller_id, client_id, stage, provider, model, answered_model, outcome, attempts, gate_wait_ms,
            duration_ms, tokens_prompt, tokens_completion, tokens_precached, cost, currency, upstream_id,
            question_bytes, answer_bytes, question, answer
        """

    /// Any number of calls, a column each parameter.
    static let append = PostgresStatement(
        "append_calls",
        """
        INSERT INTO model_calls (\(columns), created_at)
        SELECT \(columns), 'epoch'::timestamptz + started * interval '1 microsecond'
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
            $16::numeric[], $17::text[], $18::text[], $19::bigint[], $20::bigint[], $21::text[], $22::text[],
            $23::bigint[])
            AS new (\(columns), started)
        ON CONFLICT (id) DO NOTHING
        """)

    static let ofJob = PostgresStatement(
        "calls_of_job",
        """
        SELECT \(columns), \(Statements.microseconds("created_at")) FROM model_calls
        WHERE request_id = $1::uuid ORDER BY id LIMIT $2::int
        """)

    /// A call is as old as its beginning, and its id begins with that (`CallID`, RFC 9562 §5.7): a number of
    /// milliseconds in 48 bits.
    static let deleteOld = PostgresStatement(
        "delete_old_calls",
        """
        WITH gone AS (
            DELETE FROM model_calls WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM model_calls
                WHERE created_at < now() - $1::interval AND id < rpad(lpad(to_hex(
                    ceil(extract(epoch FROM now() - $1::interval) * 1000)::bigint), 12, '0'), 32, '0')::uuid
                ORDER BY id LIMIT $2::int FOR UPDATE SKIP LOCKED))
            RETURNING id)
        SELECT count(*) FROM gone
        """)
}
