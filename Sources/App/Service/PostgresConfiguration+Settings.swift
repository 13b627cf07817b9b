import Postgres

extension PostgresConfiguration {
    /// The database as configured.
    init(_ database: Configuration.Database) {
        self.init(
            host: database.host, port: database.port, database: database.name, user: database.user,
            password: database.password?.reveal(), sslMode: database.tls.rawValue,
            connectTimeout: database.connectTimeout, statementTimeout: database.queryTimeout)
    }
}
