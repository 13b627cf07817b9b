import Postgres

/// The statements behind the operators' page. Each looks at so many jobs at most, by a partial index.
enum OverviewStatements {
    private static let waitingJobs = """
        (SELECT * FROM ai_requests WHERE status = 'queued' ORDER BY client_id, priority, created_at LIMIT $1::int)
            AS waiting
        """

    static let waiting = PostgresStatement(
        "overview_waiting", isLong: true,
        """
        SELECT client_id, category, count(*) FROM \(waitingJobs)
        GROUP BY client_id, category ORDER BY count(*) DESC, client_id, category LIMIT 1000
        """)

    static let oldest = PostgresStatement(
        "overview_oldest", isLong: true,
        "SELECT \(Statements.statusColumns), id FROM \(waitingJobs) ORDER BY created_at, id LIMIT 1")

    /// The workers that are alive, and those that hold jobs.
    static let workers = PostgresStatement(
        "overview_workers",
        """
        WITH alive AS (
            SELECT owner, concurrency FROM workers WHERE seen_at > now() - interval '10 seconds'),
        held AS (
            SELECT lease_owner AS owner, count(*) AS jobs FROM ai_requests WHERE status = 'processing'
            GROUP BY lease_owner)
        SELECT owner, coalesce(concurrency, 0)::bigint, coalesce(jobs, 0)
        FROM alive FULL JOIN held USING (owner) ORDER BY owner LIMIT 200
        """)

    static let capacities = PostgresStatement(
        "overview_capacities",
        """
        SELECT resource, sum(slots)::bigint, sum(demand)::bigint FROM capacity_leases WHERE lease_until > now()
        GROUP BY resource ORDER BY resource LIMIT 200
        """)

    private static let latestEnds = """
        (SELECT * FROM ai_requests WHERE completed_at > now() - $1::interval
            ORDER BY completed_at DESC LIMIT $2::int) AS latest
        """

    static let steps = PostgresStatement(
        "overview_steps", isLong: true,
        """
        SELECT floor(extract(epoch FROM now() - completed_at) / extract(epoch FROM $3::interval))::bigint AS age,
            count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status = 'failed'),
            count(*) FILTER (WHERE status = 'cancelled'),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY processing_time) FILTER (WHERE status = 'completed'),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY processing_time) FILTER (WHERE status = 'completed'),
            avg(extract(epoch FROM started_at - created_at))::float8
        FROM \(latestEnds) GROUP BY age ORDER BY age LIMIT 1000
        """)

    static let failures = PostgresStatement(
        "overview_failures", isLong: true,
        """
        SELECT error_class, count(*) FROM \(latestEnds) WHERE status = 'failed'
        GROUP BY error_class ORDER BY count(*) DESC, error_class LIMIT 100
        """)
}
