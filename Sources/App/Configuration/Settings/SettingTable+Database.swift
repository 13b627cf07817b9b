extension SettingTable {
    static let database = SettingGroup(
        "PostgreSQL",
        file: .database,
        [
            Setting(
                "DB_HOST", \.database.host, .hostOrSocketFolder, key: "host",
                "The server's host, or the absolute folder of its Unix socket."),
            Setting("DB_PORT", \.database.port, .wholeNumber(1...65_535), key: "port", "The server's port."),
            Setting("DB_NAME", \.database.name, .text(upTo: 63), key: "name", "The database."),
            Setting("DB_USER", \.database.user, .text(upTo: 63), key: "user", "The database user."),
            Setting(
                "DB_PASSWORD", \.database.password, .optional(.secret), "The user's password, where one is asked for."),
            .reserved("DB_SCHEMA", .sqlName, default: "public", key: "schema", "The schema that holds the tables."),
            Setting(
                "DB_CONNECTIONS_PER_LOOP", \.database.connectionsPerLoop, .wholeNumber(1...32),
                key: "connections_per_loop", "Connections that each event loop keeps open."),
            Setting(
                "DB_STARTUP_TIMEOUT_MS", \.database.startupTimeout, .milliseconds(0...3_600_000),
                key: "startup_timeout_ms", "How long a starting service waits for a server that does not answer."),
            Setting(
                "DB_CONNECT_TIMEOUT_MS", \.database.connectTimeout, .milliseconds(100...60_000),
                key: "connect_timeout_ms", "The time to a usable connection."),
            Setting(
                "DB_QUERY_TIMEOUT_MS", \.database.queryTimeout, .milliseconds(100...600_000),
                key: "query_timeout_ms", "The time from sending a statement to its last row."),
            Setting(
                "DB_SSLMODE", \.database.tls, .choice, key: "sslmode",
                "Encryption to the server, with libpq's meanings."),
        ]
    )
}
