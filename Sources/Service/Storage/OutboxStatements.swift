import Postgres

/// The statements of the outbox.
///
/// An entry that waits to be published is found by its number, in the index of those; any other by its job. With the
/// condition that leads to that index a join would be free to read all of it, so whatever is done to many entries at
/// a time in pairs with something else goes by the jobs.
///
/// Rows are picked by `= ANY (ARRAY(SELECT …))` rather than `IN (SELECT …)`: the subquery runs once, so that the limit
/// holds, and the planner, which does not know the limit when it plans for any, does not prepare for a tenth of the
/// table by reading all of it.
enum OutboxStatements {
    /// The commit of this transaction does not wait for the disk. Only for what is harmless to lose when PostgreSQL
    /// itself crashes (PostgreSQL manual, 30.4): an entry that was hidden, marked or put back stands there as before,
    /// and is published once more at worst, which is harmless by design. Never for a job, an end or a claim: a lost
    /// claim would give its fencing token away a second time.
    static let doNotWaitForDisk = PostgresStatement(
        "do_not_wait_for_disk", "SELECT set_config('synchronous_commit', 'off', true)")

    /// `$3` is the size above which a job's data stay behind, and so do an end's table and text: messages of that size
    /// go without them, and the last column but one says so of ends. What is beyond `batchBytes` in all stays behind as
    /// well, so that a batch's size is bounded: jobs go without their data, which workers have from the database, and
    /// of ends the last column says that they are to be put back. `OFFSET 0` has the data turned into text once a row.
    static let take = PostgresStatement(
        "outbox_take",
        """
        WITH taken AS (
            UPDATE outbox SET hidden_until = now() + $2::interval
            WHERE published_at IS NULL AND sequence = ANY (ARRAY(
                SELECT sequence FROM outbox WHERE published_at IS NULL AND hidden_until < now()
                ORDER BY sequence LIMIT $1::int FOR UPDATE SKIP LOCKED))
            RETURNING sequence, job_id, kind)
        SELECT t.sequence, t.kind, r.id, \(Statements.microseconds("r.created_at")), r.query_text, r.input_range,
            r.category, CASE WHEN t.kind = 'request' AND \(isKept) THEN bulk.data END,
            r.output_range, r.priority, r.requested_model,
            \(Statements.resultColumns(
                data: "CASE WHEN t.kind = 'response' AND \(isKept) THEN bulk.data END",
                message: "CASE WHEN \(isKept) THEN bulk.message END")),
            r.client_id, r.traceparent, NOT \(isSmall), t.kind = 'response' AND \(isSmall) AND NOT \(fits)
        FROM taken t JOIN ai_requests r ON r.id = t.job_id
            CROSS JOIN LATERAL (
                SELECT CASE t.kind WHEN 'request' THEN r.input_data::text ELSE r.result_data::text END AS data,
                    CASE t.kind WHEN 'response' THEN r.result_message END AS message OFFSET 0) AS bulk
            CROSS JOIN LATERAL (
                SELECT coalesce(octet_length(bulk.data), 0) + coalesce(octet_length(bulk.message), 0) AS bytes
                OFFSET 0) AS size
        ORDER BY t.sequence
        """)

    /// Of data, tables and texts in one batch: of 500 messages each may have 8 kB. A single one has room in any case.
    static let batchBytes = 4 << 20

    private static let isSmall = "(size.bytes <= $3::int)"
    private static let fits = """
        (sum(size.bytes) FILTER (WHERE \(isSmall)) OVER (ORDER BY t.sequence) <= greatest($3::int, \(batchBytes)))
        """
    private static let isKept = "\(isSmall) AND \(fits)"

    /// An entry that a fast worker has claimed in the meantime is gone already; that is as well. In the order of the
    /// jobs' ids, like the claims.
    static let markPublished = PostgresStatement(
        "outbox_mark_published",
        """
        UPDATE outbox
        SET published_at = now(), queue_partition = place.queue_partition, queue_offset = place.queue_offset
        FROM (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) ORDER BY 1)
            AS place (job_id, sequence, queue_partition, queue_offset)
        WHERE outbox.job_id = place.job_id AND kind = 'request' AND outbox.sequence = place.sequence
        """)

    static let forgetResponses = PostgresStatement(
        "outbox_forget_responses",
        """
        DELETE FROM outbox
        USING (SELECT * FROM unnest($1::uuid[], $2::bigint[]) ORDER BY 1) AS told (job_id, sequence)
        WHERE outbox.job_id = told.job_id AND kind = 'response' AND outbox.sequence = told.sequence
        """)

    static let putBack = PostgresStatement(
        "outbox_put_back",
        """
        UPDATE outbox SET hidden_until = now() + $2::interval
        WHERE sequence = ANY ($1::bigint[]) AND published_at IS NULL
        """)

    static let park = PostgresStatement(
        "outbox_park",
        """
        UPDATE outbox SET hidden_until = 'infinity'
        WHERE sequence = ANY ($1::bigint[]) AND published_at IS NULL
        """)

    static let unclaimed = PostgresStatement(
        "outbox_unclaimed",
        """
        SELECT queue_partition, count(*), min(queue_offset), max(queue_offset), \(Statements.microseconds("now()"))
        FROM outbox
        WHERE published_at < now() - $1::interval AND kind = 'request'
        GROUP BY queue_partition ORDER BY queue_partition
        """)

    static let republish = PostgresStatement(
        "outbox_republish",
        """
        UPDATE outbox SET published_at = NULL, hidden_until = '-infinity'
        WHERE kind = 'request' AND job_id = ANY (ARRAY(
            SELECT job_id FROM outbox
            WHERE queue_partition = $1::int AND (queue_offset < $2::bigint OR queue_offset >= $3::bigint)
                AND published_at <= to_timestamp($4::bigint / 1000000.0) AND kind = 'request'
            ORDER BY sequence LIMIT $5::int FOR UPDATE SKIP LOCKED))
        """)
}
