public import Domain
import Hashing
import Postgres
public import Telemetry

/// API keys in PostgreSQL.
public struct PostgresAPIKeys: APIKeyStore {
    private let database: DatabaseClients

    /// A store on the given connections.
    public init(_ database: DatabaseClients) {
        self.database = database
    }

    /// One row.
    public func revision() async throws(StoreError) -> Int64 {
        try await database.execute(APIKeyStatements.revision()).first?.integer(0) ?? 0
    }

    /// The revision is read first: what changes in between is seen at the next look.
    public func usableKeys() async throws(StoreError) -> (revision: Int64, keys: [APIKey]) {
        let answers = try await database.execute([
            APIKeyStatements.revision(), APIKeyStatements.usable(.integer(APIKey.maximumCount)),
        ])
        return (answers[0].first?.integer(0) ?? 0, try answers[1].apiKeys())
    }

    /// Walks the index by creation.
    public func list(limit: Int, before: APIKeyID?) async throws(StoreError) -> [APIKey] {
        guard let before else { return try await database.execute(APIKeyStatements.list(.integer(limit))).apiKeys() }
        let key = PostgresValue.text(before.description)
        return try await database.execute(APIKeyStatements.listBefore(.integer(limit), key)).apiKeys()
    }

    /// One statement.
    public func add(_ key: APIKey) async throws(StoreError) -> Bool {
        let rows = try await database.execute(
            APIKeyStatements.add(
                .text(key.id.description), .text(key.name), .text(key.prefix), .bytea(key.digest),
                .texts(key.scopes.map(\.rawValue).sorted()), key.ratePerMinute.map(PostgresValue.integer) ?? .null,
                key.expiresAt.map { .integer($0.microseconds) } ?? .null, .integer(key.createdAt.microseconds),
                .integer(APIKey.maximumCount)))
        return rows.count == 1
    }

    /// One transaction.
    public func revoke(_ id: APIKeyID) async throws(StoreError) -> Bool? {
        let key = PostgresValue.text(id.description)
        let answers = try await database.execute([APIKeyStatements.revoke(key), APIKeyStatements.exists(key)])
        return answers[1].count == 0 ? nil : answers[0].affected > 0
    }

    /// One statement for all of them.
    public func noteUses(_ uses: [APIKeyID: WallTime]) async throws(StoreError) {
        guard !uses.isEmpty else { return }
        let list = Array(uses)
        _ = try await database.execute(
            APIKeyStatements.noteUses(.array(list.map(\.key)), .bigints(list.map(\.value.microseconds))))
    }
}

extension PostgresRows {
    /// Rows of `APIKeyStatements`.
    fileprivate func apiKeys() throws(StoreError) -> [APIKey] {
        var keys: [APIKey] = []
        keys.reserveCapacity(count)
        for index in 0..<count { keys.append(try self[index].apiKey()) }
        return keys
    }
}

extension PostgresRow {
    /// The columns of `APIKeyStatements`.
    fileprivate func apiKey() throws(StoreError) -> APIKey {
        guard let id = string(0).flatMap({ APIKeyID($0) }), let name = string(1), let prefix = string(2),
            let digest = string(3).flatMap({ SHA256Digest(hexadecimal: $0) }), let scopes = string(4),
            let createdAt = integer(8)
        else { throw .rejected("a row of API keys with gaps") }
        let time = { (column: Int) in integer(column).map { WallTime(microseconds: $0) } }
        return APIKey(
            id: id, name: name, prefix: prefix, digest: digest.bytes,
            scopes: Set(scopes.split(separator: ",").compactMap { Scope(rawValue: String($0)) }),
            ratePerMinute: integer(5).map(Int.init), expiresAt: time(6), revokedAt: time(7),
            createdAt: WallTime(microseconds: createdAt), lastUsedAt: time(9))
    }
}
