import Postgres

/// The statements that count jobs.
///
/// Time is cut into stretches of ten minutes. One that is over is added up into `service_metrics`, once, by whichever
/// process gets hold of the row that says how far that has come; a report adds those sums to what it counts itself:
/// what has not been added up yet, and what lies before the first whole stretch of its period. So the cost of a report
/// does not grow with the number of jobs in it, and deleted jobs count as before.
enum StatisticsStatements {
    /// What is committed late may carry a time of a moment ago. No transaction of ours takes that long.
    private static let settling = "interval '1 minute'"

    private static func stretch(_ time: String) -> String {
        "to_timestamp(floor(extract(epoch FROM \(time)) / 600) * 600)"
    }

    /// The sums of what ended in a stretch of `first` and `last`. A subquery for each stretch, so that the planner sees
    /// a range of an index in it and not two tables to be joined.
    private static func ended(in span: String) -> String {
        """
        SELECT category, count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status = 'failed'),
            count(*) FILTER (WHERE status = 'cancelled'), count(processing_time), coalesce(sum(processing_time), 0),
            coalesce(sum(tokens_prompt), 0), coalesce(sum(tokens_completion), 0), coalesce(sum(tokens_precached), 0)
        FROM ai_requests WHERE completed_at >= \(span).first AND completed_at < \(span).last GROUP BY category
        """
    }

    private static func rated(in span: String) -> String {
        """
        SELECT (SELECT category FROM ai_requests WHERE id = ai_request_id) AS category,
            count(*) FILTER (WHERE rating), count(*) FILTER (WHERE NOT rating)
        FROM ai_responses WHERE created_at >= \(span).first AND created_at < \(span).last GROUP BY 1
        """
    }

    /// A process that finds the row locked leaves the work to the one that holds it. A stretch in which nothing ended
    /// takes no row; long idle times are passed over at once.
    static let addUpNext = PostgresStatement(
        "statistics_add_up", isLong: true,
        """
        WITH next AS MATERIALIZED (
            SELECT until AS first, \(stretch("now() - \(settling)")) AS last FROM statistics_progress
            WHERE only_row AND until + interval '10 minutes' <= \(stretch("now() - \(settling)"))
            FOR UPDATE SKIP LOCKED),
        start AS MATERIALIZED (
            SELECT greatest(first, \(stretch("""
                least(coalesce((SELECT min(completed_at) FROM ai_requests WHERE completed_at >= first), last),
                    coalesce((SELECT min(created_at) FROM ai_responses WHERE created_at >= first), last))
                """))) AS first, last FROM next),
        span AS MATERIALIZED (
            SELECT first, least(first + interval '10 minutes', last) AS last FROM start),
        ended AS (
            SELECT found.* FROM span CROSS JOIN LATERAL (\(ended(in: "span"))) AS found),
        rated AS (
            SELECT found.* FROM span CROSS JOIN LATERAL (\(rated(in: "span"))) AS found),
        parts (category, completed, failed, cancelled, timed, seconds, prompt, completion, precached, up, down) AS (
            SELECT *, 0, 0 FROM ended
            UNION ALL
            SELECT category, 0, 0, 0, 0, 0, 0, 0, 0, up, down FROM rated AS r (category, up, down)),
        kept AS (
            INSERT INTO service_metrics (timestamp, category, total_requests, successful_requests, failed_requests,
                cancelled_requests, timed_requests, processing_seconds, avg_processing_time, tokens_prompt,
                tokens_completion, tokens_precached, total_tokens_used, ratings_up, ratings_down)
            SELECT (SELECT first FROM span), coalesce(category, ''), sum(completed + failed + cancelled),
                sum(completed), sum(failed), sum(cancelled), sum(timed), sum(seconds),
                sum(seconds) / nullif(sum(timed), 0), sum(prompt), sum(completion), sum(precached),
                sum(prompt + completion), sum(up), sum(down)
            FROM parts GROUP BY coalesce(category, ''))
        UPDATE statistics_progress SET until = span.last FROM span WHERE only_row RETURNING until
        """)

    /// `$1` is the length of the period. The whole stretches come from the sums, the rest from the jobs.
    static let report = PostgresStatement(
        "statistics_report", isLong: true,
        """
        WITH period AS MATERIALIZED (
            SELECT now() - $1::interval AS first, \(stretch("now() - $1::interval + interval '599.999999 seconds'"))
                AS whole, greatest(until, now() - $1::interval) AS until
            FROM statistics_progress WHERE only_row),
        edges (first, last) AS MATERIALIZED (
            SELECT first, least(whole, until) FROM period
            UNION ALL SELECT until, 'infinity' FROM period),
        numbers (category, completed, failed, cancelled, timed, seconds, prompt, completion, precached, up, down) AS (
            SELECT found.*, 0, 0 FROM edges CROSS JOIN LATERAL (\(ended(in: "edges"))) AS found
            UNION ALL
            SELECT category, 0, 0, 0, 0, 0, 0, 0, 0, up, down
            FROM edges CROSS JOIN LATERAL (\(rated(in: "edges"))) AS found (category, up, down)
            UNION ALL
            SELECT category, successful_requests, failed_requests, cancelled_requests, timed_requests,
                processing_seconds, tokens_prompt, tokens_completion, tokens_precached, ratings_up, ratings_down
            FROM period JOIN service_metrics ON timestamp >= whole AND timestamp < until)
        SELECT coalesce(category, ''), sum(completed)::bigint, sum(failed)::bigint, sum(cancelled)::bigint,
            sum(timed)::bigint, sum(seconds)::double precision, sum(prompt)::bigint, sum(completion)::bigint,
            sum(precached)::bigint, sum(up)::bigint, sum(down)::bigint
        FROM numbers GROUP BY coalesce(category, '')
        """)

    static let now = PostgresStatement("statistics_now", "SELECT \(Statements.microseconds("now()"))")

    // MARK: The backlog

    /// The oldest is sought among those that are looked at: its time is no reason to read a long queue twice.
    static let backlog = PostgresStatement(
        "statistics_backlog", isLong: true,
        """
        SELECT 'queued', category, count(*), extract(epoch FROM now() - min(created_at))::double precision
        FROM (SELECT category, created_at FROM ai_requests WHERE status = 'queued' LIMIT $1::int) AS waiting
        GROUP BY category
        UNION ALL
        SELECT 'processing', category, count(*), NULL FROM ai_requests WHERE status = 'processing' GROUP BY category
        """)

    static let outbox = PostgresStatement(
        "statistics_outbox", isLong: true,
        """
        SELECT
            (SELECT count(*) FROM (SELECT FROM outbox WHERE published_at IS NULL ORDER BY sequence LIMIT $1::int)
                AS unpublished),
            (SELECT count(*) FROM (SELECT FROM outbox WHERE published_at IS NOT NULL
                ORDER BY queue_partition, queue_offset LIMIT $1::int) AS published)
        """)
}
