extension Configuration {
    /// The PostgreSQL connections.
    struct Database: Sendable, Equatable {
        /// A host name, an address, or the absolute folder of a Unix socket.
        var host = "localhost"
        /// The TCP port, or the number in the socket's name.
        var port = 5432
        var name = "gigaoffice"
        var user = "gigaoffice"
        /// Nil where the server asks for none.
        var password: Secret?
        /// Pipelined connections that each event loop keeps open.
        var connectionsPerLoop = 2
        /// How long a starting process waits for a server that does not answer.
        var startupTimeout = Duration.milliseconds(60_000)
        /// From the first packet to a usable connection.
        var connectTimeout = Duration.milliseconds(5_000)
        /// From sending a statement to its last row.
        var queryTimeout = Duration.milliseconds(10_000)
        var tls = TLSMode.prefer

        /// libpq's `sslmode`: https://www.postgresql.org/docs/current/libpq-ssl.html
        enum TLSMode: String, CaseIterable, Sendable {
            case disable, prefer, require
            case verifyCA = "verify-ca"
            case verifyFull = "verify-full"
        }
    }
}
