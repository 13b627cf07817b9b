import CLibpq

/// What went wrong between us and the server, by what the caller can do about it.
public enum PostgresError: Error, Sendable, CustomStringConvertible {
    /// No connection could be had in time; nothing was sent. Try again later.
    case unavailable(String)
    /// Too much waits already; nothing was sent. Try again later.
    case overloaded
    /// The connection broke or timed out after the work was sent: it may or may not have been committed.
    case inDoubt(String)
    /// The server refused the statement; the whole unit was rolled back.
    case refused(sqlState: String, message: String, statement: String)
    /// A parameter that PostgreSQL cannot store: text with a NUL character.
    case invalidParameter(statement: String)

    /// The server's reason in one line, for logs; never for clients.
    public var description: String {
        switch self {
        case .unavailable(let reason): "PostgreSQL is unavailable: \(reason)"
        case .overloaded: "too many statements wait for PostgreSQL"
        case .inDoubt(let reason): "the connection to PostgreSQL broke: \(reason)"
        case .refused(let state, let message, let statement): "\(statement): \(message) (SQLSTATE \(state))"
        case .invalidParameter(let statement): "\(statement): a text parameter holds a NUL character"
        }
    }

    /// The five-character code when the server refused (PostgreSQL manual, appendix A).
    public var sqlState: String? {
        if case .refused(let state, _, _) = self { state } else { nil }
    }
}

extension PostgresError {
    /// Reads the server's words from a failed result, which the caller still owns.
    static func refused(_ result: OpaquePointer, statement: String) -> PostgresError {
        func field(_ code: Character) -> String? {
            let text = PQresultErrorField(result, Int32(code.asciiValue ?? 0))
            return text.map { String(cString: $0) }
        }
        return .refused(
            sqlState: field("C") ?? "XX000", message: field("M") ?? "no message", statement: statement)
    }
}
