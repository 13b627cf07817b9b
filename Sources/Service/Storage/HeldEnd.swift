import Domain
import JSON
import Postgres

/// The end of a held job that is to be stored, its warnings written out.
struct HeldEnd: Sendable {
    let lease: JobLease
    let end: JobEnd
    let warnings: [UInt8]?

    init(_ lease: JobLease, _ end: JobEnd) {
        self.lease = lease
        self.end = end
        guard case .completed(let output) = end else {
            warnings = nil
            return
        }
        warnings = output.warnings.isEmpty ? nil : JSONValue.array(output.warnings.map(\.json)).serialized()
    }

    /// About what it takes in a statement.
    var bytes: Int {
        switch end {
        case .completed(let output): 192 + output.bytes + (warnings?.count ?? 0)
        case .failed(let failure): 128 + failure.message.utf8.count
        }
    }

    fileprivate var output: JobOutput? {
        if case .completed(let output) = end { output } else { nil }
    }

    fileprivate var failure: JobFailure? {
        if case .failed(let failure) = end { failure } else { nil }
    }
}

extension [HeldEnd] {
    /// The parameters of `Statements.finish`: a column each.
    var parameters: [PostgresValue] {
        let outputs = map(\.output)
        let failures = map(\.failure)
        let results = ResultColumns(outputs.map { $0?.table })
        return [
            .uuids(map(\.lease.id.halves)), .bigints(map(\.lease.token.value)),
            .texts(outputs.map { $0 == nil ? "failed" : "completed" }),
            results.json, .texts(outputs.map { $0?.message }),
            .texts(outputs.map { $0?.outputRange }),
            .texts(outputs.map { $0?.category }), .bigints(map(\.end.tokens.prompt)),
            .bigints(map(\.end.tokens.completion)), .bigints(map(\.end.tokens.precached)),
            .texts(outputs.map { $0?.model }), .texts(outputs.map { $0?.provider }),
            .texts(failures.map { $0?.failureClass.rawValue }), .texts(failures.map { $0?.message }),
            .optionals(failures.map { $0?.isRetryable }), .utf8Texts(map(\.warnings)),
        ] + results.cells
    }
}
