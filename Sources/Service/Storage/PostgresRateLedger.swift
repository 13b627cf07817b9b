public import Domain
import Postgres

/// The division of clients' limits in PostgreSQL: a row for each client that was there in the last minutes.
public struct PostgresRateLedger: RateLedger {
    private let database: DatabaseClients

    /// A ledger on the given connections.
    public init(_ database: DatabaseClients) {
        self.database = database
    }

    /// One transaction, one round trip.
    public func exchange(_ orders: [RateOrder], window: Duration) async throws(StoreError) -> [RateGrant] {
        guard !orders.isEmpty else { return [] }
        let names = PostgresValue.texts(orders.map(\.name))
        let rows = try await database.execute([
            RateStatements.lock(names, .interval(window)),
            RateStatements.exchange(
                names, .array(orders.map { Int32(clamping: $0.limit) }),
                .array(orders.map { Int32(clamping: $0.wanted) }),
                .array(orders.map { Int32(clamping: $0.returned) }), .array(orders.map(\.window))),
        ])[1]
        var grants: [String: RateGrant] = [:]
        for index in 0..<rows.count {
            let grant = try rows[index].rateGrant()
            grants[grant.name] = grant
        }
        return orders.compactMap { grants[$0.name] }
    }

    /// One statement.
    public func forgetEnded(limit: Int) async throws(StoreError) -> Int {
        try await database.execute(RateStatements.forgetEnded(.integer(limit))).affected
    }
}

extension PostgresRow {
    /// A row of `RateStatements.exchange`.
    fileprivate func rateGrant() throws(StoreError) -> RateGrant {
        guard let name = string(0), let part = integer(1), let left = integer(2), let window = integer(3),
            let milliseconds = integer(4)
        else { throw .rejected("a row of rates with gaps") }
        return RateGrant(
            name, granted: Int(part), left: Int(left), window: window, endsIn: .milliseconds(milliseconds))
    }
}
