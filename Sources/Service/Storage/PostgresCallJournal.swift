public import Domain
import Postgres
import Telemetry

/// The journal of model calls in PostgreSQL.
public struct PostgresCallJournal: CallJournal {
    private let database: DatabaseClients

    /// A journal on the given connections.
    public init(_ database: DatabaseClients) {
        self.database = database
    }

    /// One statement, whose commit does not wait for the disk: a record is not worth holding up anything.
    public func append(_ calls: [ModelCall]) async throws(StoreError) {
        guard !calls.isEmpty else { return }
        _ = try await database.execute([
            OutboxStatements.doNotWaitForDisk(), ModelCallStatements.append(calls.parameters),
        ])
    }
}

extension [ModelCall] {
    /// The parameters of `ModelCallStatements.append`: a column each.
    fileprivate var parameters: [PostgresValue] {
        [
            .uuids(map(\.id.halves)), .uuids(map(\.job?.halves)), .texts(map(\.callerID.storable)),
            .texts(map(\.client.storable)), .texts(map(\.stage.rawValue)), .texts(map(\.provider?.storable)),
            .texts(map(\.model?.storable)), .texts(map(\.answeredModel?.storable)),
            .texts(map { $0.failureClass?.rawValue ?? "ok" }), .bigints(map(\.attempts)),
            .bigints(map(\.gateWait.milliseconds)), .bigints(map(\.duration.milliseconds)),
            .bigints(map(\.tokens.prompt)), .bigints(map(\.tokens.completion)), .bigints(map(\.tokens.precached)),
            .optionals(map(\.cost)), .texts(map(\.currency)), .texts(map(\.upstreamID?.storable)),
            .bigints(map(\.questionBytes)), .bigints(map(\.answerBytes)), .texts(map(\.question?.storable)),
            .texts(map(\.answer?.storable)), .bigints(map(\.startedAt.microseconds)),
        ]
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension PostgresRow {
    /// A row of `ModelCallStatements.ofJob`.
    func modelCall() throws(StoreError) -> ModelCall {
        guard let id = string(0).flatMap({ CallID($0) }),
            let stage = string(4).flatMap({ ModelTarget.Stage(rawValue: $0) })
        else { throw .rejected("a model call without an id or a stage") }
        var call = ModelCall(
            id: id, job: string(1).flatMap { JobID($0) }, callerID: string(2) ?? "", client: string(3) ?? "",
            stage: stage, startedAt: try time(22))
        (call.provider, call.model, call.answeredModel) = (string(5), string(6), string(7))
        call.failureClass = string(8).flatMap { $0 == "ok" ? nil : FailureClass(rawValue: $0) ?? .internal }
        call.attempts = Int(integer(9) ?? 0)
        call.gateWait = .milliseconds(integer(10) ?? 0)
        call.duration = .milliseconds(integer(11) ?? 0)
        call.tokens = TokenUsage(
            prompt: Int(integer(12) ?? 0), completion: Int(integer(13) ?? 0), precached: Int(integer(14) ?? 0))
        call.cost = string(15).flatMap { CallCost($0) }
        (call.currency, call.upstreamID) = (string(16), string(17))
        (call.questionBytes, call.answerBytes) = (Int(integer(18) ?? 0), Int(integer(19) ?? 0))
        (call.question, call.answer) = (string(20), string(21))
        return call
    }
}
