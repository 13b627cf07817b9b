import Postgres

/// The statements by which processes divide slots and tokens.
enum CapacityStatements {
    /// Fills the buckets and locks the resources, in the order of their names so that exchanges never deadlock.
    /// A statement of its own: what follows must see what others wrote while this one waited for the lock.
    static let lock = PostgresStatement(
        "lock_capacity",
        """
        INSERT INTO capacity_resources AS resource (name, refill, burst, tokens, refilled_at)
        SELECT name, refill, burst, burst, clock_timestamp()
        FROM unnest($1::text[], $2::float8[], $3::float8[]) AS asked (name, refill, burst) ORDER BY name
        ON CONFLICT (name) DO UPDATE
        SET refill = excluded.refill, burst = excluded.burst, refilled_at = clock_timestamp(),
            tokens = least(excluded.burst, resource.tokens + excluded.refill
                * extract(epoch FROM greatest(clock_timestamp() - resource.refilled_at, '0 s'))::float8)
        """)

    /// Counts out the slots one by one: a first one to each process that wants one, then a second one, and so on; in
    /// each round who has not got one for the longest time goes first. An owner keeps what it needs, and gets what is
    /// free of its part.
    static let exchange = PostgresStatement(
        "exchange_capacity",
        """
        WITH asked AS (
            SELECT * FROM unnest($3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
                AS asked (name, most, keep, demand, wanted, returned)),
        expired AS (
            DELETE FROM capacity_leases lease USING asked
            WHERE lease.resource = asked.name AND lease.owner <> $1 AND lease.lease_until <= clock_timestamp()),
        others AS (
            SELECT lease.resource, lease.owner, lease.slots, lease.demand, lease.turn_at, asked.most
            FROM asked JOIN capacity_leases lease ON lease.resource = asked.name
            WHERE lease.owner <> $1 AND lease.lease_until > clock_timestamp()),
        own AS (
            SELECT asked.*, coalesce(lease.turn_at, '-infinity') AS turn_at
            FROM asked LEFT JOIN capacity_leases lease ON lease.resource = asked.name AND lease.owner = $1),
        rivals AS (
            SELECT resource, owner, demand, turn_at, most FROM others
            UNION ALL SELECT name, $1, demand, turn_at, most FROM own),
        counted AS (
            SELECT resource, owner, most,
                row_number() OVER (PARTITION BY resource ORDER BY round, turn_at, owner) AS place
            FROM rivals, generate_series(1, least(demand, most)) AS round),
        parts AS (
            SELECT own.*,
                (SELECT count(*) FROM counted
                    WHERE resource = own.name AND owner = $1 AND place <= own.most)::int AS entitled,
                (SELECT coalesce(sum(slots), 0) FROM others WHERE resource = own.name)::int AS taken,
                (SELECT count(*) FROM others WHERE resource = own.name)::int AS peers
            FROM own),
        slots AS (
            SELECT parts.*, greatest(0, least(greatest(keep, entitled), most - taken)) AS slots FROM parts),
        stored AS (
            INSERT INTO capacity_leases AS lease (resource, owner, slots, demand, lease_until, turn_at)
            SELECT name, $1, slots, demand, clock_timestamp() + $2::interval,
                CASE WHEN slots > keep THEN clock_timestamp() ELSE turn_at END
            FROM slots
            ON CONFLICT (resource, owner) DO UPDATE
            SET slots = excluded.slots, demand = excluded.demand, lease_until = excluded.lease_until,
                turn_at = excluded.turn_at),
        paid AS (
            UPDATE capacity_resources resource
            SET tokens = least(burst, tokens + returned)
                - floor(least(wanted::float8, least(burst, tokens + returned)))
            FROM asked WHERE resource.name = asked.name
            RETURNING resource.name, resource.tokens, resource.refill)
        SELECT slots.name, slots.slots, slots.entitled, slots.peers,
            floor(least(slots.wanted::float8, least(resource.burst, resource.tokens + slots.returned)))::int,
            CASE WHEN paid.refill > 0 AND paid.tokens < 1
                THEN ceil((1 - paid.tokens) / paid.refill * 1000)::bigint END
        FROM slots JOIN capacity_resources resource ON resource.name = slots.name
            JOIN paid ON paid.name = slots.name
        """)

    static let withdraw = PostgresStatement("withdraw_capacity", "DELETE FROM capacity_leases WHERE owner = $1")
}
