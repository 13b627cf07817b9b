public import EventLoop
public import Postgres
import Telemetry

/// What a database says about itself, for whoever looks after a deployment.
public struct DatabaseInspection: Sendable {
    /// The server's version, such as 150004 for 15.4.
    public let version: Int
    /// The server's version as people write it.
    public let versionText: String
    /// From the question to the answer.
    public let latency: Duration
    /// How far this machine's clock is ahead of the server's, to half the latency; negative when it is behind.
    public let clockLead: Duration
    /// Connections that the server takes, less those that it keeps for administrators.
    public let maximumConnections: Int
    /// Connections that are open now, this one among them.
    public let openConnections: Int
    /// Whether this connection is encrypted.
    public let isEncrypted: Bool
    /// Whether the user may make tables, as migrations do.
    public let mayCreate: Bool
    /// Usable API keys, and those of them that end within two weeks; nil before the migration that makes their table.
    public let keys: (usable: Int, ending: Int)?

    private static let facts = """
        SELECT current_setting('server_version_num')::int, current_setting('server_version'),
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
            (SELECT coalesce(sum(numbackends), 0)::int FROM pg_stat_database),
            coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
            has_schema_privilege(current_schema(), 'CREATE'), to_regclass('api_keys') IS NOT NULL
        """

    private static let keyCounts = """
        SELECT count(*), count(*) FILTER (WHERE expires_at < now() + interval '14 days') FROM api_keys
        WHERE revoked_at IS NULL AND coalesce(expires_at > now(), true)
        """

    /// Connects, asks and disconnects. Changes nothing. Must be called on `loop`.
    public static func look(
        at configuration: PostgresConfiguration, on loop: EventLoop, resolver: BlockingThread
    ) async throws(PostgresError) -> DatabaseInspection {
        let session = try await PostgresSession.open(on: loop, configuration, resolver: resolver)
        defer { session.close() }
        let asked = MonotonicTime.now
        let before = WallTime.now
        let row = try await session.run(facts, timeout: .seconds(5)).last?.first
        let latency = MonotonicTime.now - asked
        var keys: (Int, Int)?
        if row?.bool(7) == true, let counts = try await session.run(keyCounts, timeout: .seconds(5)).last?.first {
            keys = (Int(counts.integer(0) ?? 0), Int(counts.integer(1) ?? 0))
        }
        return DatabaseInspection(row, latency: latency, askedAt: before, keys: keys)
    }

    private init(_ row: PostgresRow?, latency: Duration, askedAt: WallTime, keys: (usable: Int, ending: Int)?) {
        version = Int(row?.integer(0) ?? 0)
        versionText = row?.string(1) ?? ""
        self.latency = latency
        let here = askedAt.microseconds + latency.wholeNanoseconds / 2_000
        clockLead = .microseconds(here - (row?.integer(2) ?? here))
        maximumConnections = Int(row?.integer(3) ?? 0)
        openConnections = Int(row?.integer(4) ?? 0)
        isEncrypted = row?.bool(5) ?? false
        mayCreate = row?.bool(6) ?? false
        self.keys = keys
    }
}
