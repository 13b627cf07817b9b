/// A statement with a name under which each connection prepares it once.
public struct PostgresStatement: Hashable, Sendable {
    /// Unique in the program; shown in errors and logs.
    public let name: String
    /// SQL with `$1`, `$2`, … for the parameters.
    public let sql: String

    /// Whether it may read so many rows that others should not have to wait for its answer.
    public let isLong: Bool

    /// Names a statement. Keep them in one list per store, so that the SQL can be read in one place.
    public init(_ name: String, isLong: Bool = false, _ sql: String) {
        self.name = name
        self.sql = sql
        self.isLong = isLong
    }

    /// Pairs the statement with its parameters.
    public func callAsFunction(_ parameters: PostgresValue...) -> PostgresQuery {
        self(parameters)
    }

    /// Pairs the statement with a list of parameters.
    public func callAsFunction(_ parameters: [PostgresValue]) -> PostgresQuery {
        PostgresQuery(statement: self, parameters: parameters)
    }
}

/// A statement and the values for one run of it.
public struct PostgresQuery: Sendable {
    let statement: PostgresStatement
    let parameters: [PostgresValue]

    /// The statement's name.
    public var name: String { statement.name }
}
