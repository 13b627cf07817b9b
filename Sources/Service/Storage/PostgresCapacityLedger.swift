public import Domain
import Postgres

/// The division of slots and tokens in PostgreSQL: a row for each resource and one for each lease.
public struct PostgresCapacityLedger: CapacityLedger {
    private let database: DatabaseClients

    /// A ledger on the given connections.
    public init(_ database: DatabaseClients) {
        self.database = database
    }

    /// One transaction, one round trip.
    public func exchange(
        _ wishes: [CapacityWish], owner: String, lease: Duration
    ) async throws(StoreError) -> [CapacityGrant] {
        guard !wishes.isEmpty else { return [] }
        let names = PostgresValue.texts(wishes.map(\.resource))
        let rows = try await database.execute([
            CapacityStatements.lock(
                names, .array(wishes.map { $0.limit.rate?.refillPerSecond ?? 0 }),
                .array(wishes.map { Double($0.limit.rate?.burst ?? 0) })),
            CapacityStatements.exchange(
                .text(owner), .interval(lease), names, .array(wishes.map { Int32($0.limit.slots ?? 0) }),
                .array(wishes.map { Int32(clamping: $0.keep) }), .array(wishes.map { Int32(clamping: $0.demand) }),
                .array(wishes.map { Int32(clamping: $0.tokensWanted) }),
                .array(wishes.map { Int32(clamping: $0.tokensReturned) })),
        ])[1]
        var grants: [String: CapacityGrant] = [:]
        for index in 0..<rows.count {
            let grant = try rows[index].grant()
            grants[grant.resource] = grant
        }
        return wishes.compactMap { grants[$0.resource] }
    }

    /// One statement.
    public func withdraw(owner: String) async throws(StoreError) {
        _ = try await database.execute(CapacityStatements.withdraw(.text(owner)))
    }
}

extension PostgresRow {
    /// A row of `CapacityStatements.exchange`.
    fileprivate func grant() throws(StoreError) -> CapacityGrant {
        guard let name = string(0), let slots = integer(1), let entitled = integer(2), let peers = integer(3),
            let tokens = integer(4)
        else { throw .rejected("a row of capacity with gaps") }
        return CapacityGrant(
            name, slots: Int(slots), entitled: Int(entitled), peers: Int(peers), tokens: Int(tokens),
            nextToken: integer(5).map { .milliseconds($0) })
    }
}
