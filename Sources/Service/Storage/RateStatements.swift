import Postgres

/// The statements by which processes divide clients' limits.
enum RateStatements {
    /// Begins the windows that have ended anew and locks all of them, in the order of their names so that exchanges
    /// never deadlock. A statement of its own: what follows must see what others wrote while this one waited.
    static let lock = PostgresStatement(
        "lock_rates",
        """
        INSERT INTO rate_windows AS known (name, ends_at, taken)
        SELECT name, clock_timestamp() + $2::interval, 0 FROM unnest($1::text[]) AS asked (name) ORDER BY name
        ON CONFLICT (name) DO UPDATE
        SET taken = CASE WHEN known.ends_at > clock_timestamp() THEN known.taken ELSE 0 END,
            ends_at = CASE WHEN known.ends_at > clock_timestamp() THEN known.ends_at ELSE excluded.ends_at END
        """)

    /// Nothing in advance goes to who wants nothing. What is given back of a window that has ended counts no more.
    static let exchange = PostgresStatement(
        "exchange_rates",
        """
        WITH asked AS (
            SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::bigint[])
                AS asked (name, most, wanted, returned, known)),
        counted AS (
            SELECT asked.*, \(Statements.microseconds("present.ends_at")) AS number, present.ends_at,
                greatest(0, present.taken - CASE
                    WHEN \(Statements.microseconds("present.ends_at")) = asked.known THEN asked.returned ELSE 0
                END) AS taken
            FROM asked JOIN rate_windows present ON present.name = asked.name),
        granted AS (
            SELECT counted.*, CASE WHEN wanted = 0 THEN 0 ELSE
                greatest(0, least(most - taken, greatest(wanted, (most - taken + 1) / 2))) END AS part
            FROM counted),
        stored AS (
            UPDATE rate_windows SET taken = granted.taken + granted.part FROM granted
            WHERE rate_windows.name = granted.name)
        SELECT name, part, greatest(0, most - taken - part), number,
            (extract(epoch FROM ends_at - clock_timestamp()) * 1000)::bigint
        FROM granted
        """)

    static let forgetEnded = PostgresStatement(
        "forget_rates",
        """
        DELETE FROM rate_windows WHERE name = ANY (ARRAY(
            SELECT name FROM rate_windows WHERE ends_at < clock_timestamp() - interval '1 minute'
            ORDER BY ends_at LIMIT $1::int FOR UPDATE SKIP LOCKED))
        """)
}
