import EventLoop

/// Where a PostgreSQL server is and how to log in.
public struct PostgresConfiguration: Sendable {
    /// Host name, numeric address, or the absolute folder of a Unix socket.
    public var host: String
    /// TCP port, also part of the Unix socket's name.
    public var port: Int
    /// Database name.
    public var database: String
    /// Role name.
    public var user: String
    /// Password; nil when the server trusts the connection or a `.pgpass` file has it.
    public var password: String?
    /// libpq's `sslmode`: `disable`, `prefer`, `require`, `verify-ca` or `verify-full`.
    public var sslMode: String
    /// Shown in `pg_stat_activity`.
    public var applicationName: String
    /// Longest time from the first packet to a usable connection.
    public var connectTimeout: Duration
    /// Longest time a statement may run; the server ends it (`statement_timeout`).
    public var statementTimeout: Duration
    /// Server settings for the session by name (PostgreSQL manual, chapter 20); names and values without blanks.
    public var sessionSettings: [String: String] = [:]

    /// Describes a server; the defaults fit a server on the same machine.
    public init(
        host: String, port: Int = 5432, database: String, user: String, password: String? = nil,
        sslMode: String = "prefer", applicationName: String = "gigaoffice",
        connectTimeout: Duration = .seconds(5), statementTimeout: Duration = .seconds(10)
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.sslMode = sslMode
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
    }

    /// How long the client waits beyond the server's own limit before it gives the connection up.
    var answerTimeout: Duration { statementTimeout + .seconds(2) }

    /// libpq's connection parameters (PostgreSQL manual, 34.1.2).
    func parameters(resolvedAddress: String?) -> [(String, String)] {
        let statementMilliseconds = statementTimeout.wholeNanoseconds / 1_000_000
        let settings = [
            "statement_timeout": String(statementMilliseconds), "timezone": "UTC",
        ].merging(sessionSettings) { _, given in given }
        let options = settings.sorted { $0.key < $1.key }.map { "-c \($0.key)=\($0.value)" }
        var list = [
            ("host", host), ("port", String(port)), ("dbname", database), ("user", user),
            ("sslmode", sslMode), ("application_name", applicationName), ("client_encoding", "UTF8"),
            ("options", options.joined(separator: " ")),
        ]
        if let resolvedAddress { list.append(("hostaddr", resolvedAddress)) }
        if let password { list.append(("password", password)) }
        return list
    }
}
