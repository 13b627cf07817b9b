import Postgres

/// The statements behind a waiting job's place and remaining time.
enum ForecastStatements {
    /// A row for each line (the jobs of one client and priority): ranks and moments of its first fifty jobs, its last
    /// one, and every `$1`th in between. The index has them in order, so that next to nothing is sorted; moments are
    /// written for those alone that are told. Jobs whose next try is not due yet are in nobody's way.
    static let lines = PostgresStatement(
        "forecast_lines", isLong: true,
        """
        SELECT client_id, priority, array_agg(rank ORDER BY rank),
            array_agg(\(Statements.microseconds("created_at")) ORDER BY rank)
        FROM (
            SELECT client_id, priority, rank, created_at
            FROM (
                SELECT client_id, priority, created_at, row_number() OVER line AS rank,
                    lead(created_at) OVER line IS NULL AS is_last
                FROM ai_requests WHERE status = 'queued' AND coalesce(next_attempt_at <= now(), true)
                WINDOW line AS (PARTITION BY client_id, priority ORDER BY created_at)) AS ranked
            WHERE rank <= 50 OR rank % $1::bigint = 0 OR is_last
            LIMIT 20000) AS known
        GROUP BY client_id, priority
        """)

    /// The latest ends: seconds since then, and from start to end.
    static let endings = PostgresStatement(
        "forecast_endings",
        """
        SELECT extract(epoch FROM now() - completed_at)::float8, processing_time
        FROM (
            SELECT completed_at, processing_time, started_at FROM ai_requests WHERE completed_at IS NOT NULL
            ORDER BY completed_at DESC LIMIT 500) AS latest
        WHERE started_at IS NOT NULL AND processing_time IS NOT NULL
        ORDER BY completed_at DESC
        """)

    /// New jobs of the last minute by client and priority, how many of them came in the busiest second, and how many
    /// seconds were looked at.
    static let arrivals = PostgresStatement(
        "forecast_arrivals",
        """
        WITH latest AS MATERIALIZED (
            SELECT client_id, priority, created_at FROM ai_requests WHERE created_at > now() - interval '60 seconds'
            ORDER BY created_at DESC LIMIT 1000),
        span AS (
            SELECT CASE WHEN count(*) < 1000 THEN 60
                ELSE greatest(extract(epoch FROM now() - min(created_at)), 1) END::float8 AS seconds
            FROM latest),
        seconds AS (
            SELECT client_id, priority, count(*) AS jobs FROM latest
            GROUP BY client_id, priority, date_trunc('second', created_at))
        SELECT client_id, priority, sum(jobs)::bigint, max(jobs), (SELECT seconds FROM span)
        FROM seconds GROUP BY client_id, priority
        """)

    /// The slots of all live workers, and the database's clock.
    static let slots = PostgresStatement(
        "forecast_slots",
        """
        SELECT coalesce(sum(concurrency), 0)::bigint, \(Statements.microseconds("now()"))
        FROM workers WHERE seen_at > now() - interval '10 seconds'
        """)

    static let announce = PostgresStatement(
        "worker_announce",
        """
        WITH gone AS (DELETE FROM workers WHERE seen_at < now() - interval '1 hour')
        INSERT INTO workers (owner, concurrency) VALUES ($1, $2::int)
        ON CONFLICT (owner) DO UPDATE SET concurrency = excluded.concurrency, seen_at = now()
        """)
}
