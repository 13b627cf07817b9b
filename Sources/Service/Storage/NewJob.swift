import Domain
import JSON
import Postgres
import Telemetry

/// A job that is to be stored.
struct NewJob: Sendable {
    let id: JobID
    let client: String
    let input: JobInput

    init(_ id: JobID, _ input: JobInput, client: String) {
        self.id = id
        self.client = client
        self.input = input
    }

    /// About what it takes in a statement.
    var bytes: Int {
        let ranges = (input.inputRange?.utf8.count ?? 0) + (input.outputRange?.utf8.count ?? 0)
        let names = client.utf8.count + (input.model?.utf8.count ?? 0)
        return 64 + names + input.query.utf8.count + ranges + (input.data?.bytes.count ?? 0)
    }

    /// `$1`…`$10` of the statement that inserts one.
    var parameters: [PostgresValue] {
        [
            .text(id.description), .text(client), .text(input.query), .optional(input.inputRange),
            .optional(input.category), input.data.map { .utf8($0.bytes) } ?? .null, .optional(input.outputRange),
            .integer(input.priority.value), .optional(input.model), .optional(input.trace?.traceparent),
        ]
    }
}

extension [NewJob] {
    /// `$1`…`$10` of the statement that inserts many: a column each.
    var parameters: [PostgresValue] {
        [
            .uuids(map(\.id.halves)), .texts(map { $0.client }), .texts(map { $0.input.query }),
            .texts(map(\.input.inputRange)),
            .texts(map(\.input.category)), .utf8Texts(map(\.input.data?.bytes)), .texts(map(\.input.outputRange)),
            .bigints(map(\.input.priority.value)), .texts(map(\.input.model)), .texts(map(\.input.trace?.traceparent)),
        ]
    }
}
