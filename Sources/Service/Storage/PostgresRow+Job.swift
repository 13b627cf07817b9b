import Domain
import JSON
import Postgres
import Telemetry

/// Reads the parts of a job from a row. What the service itself has written can be read back; anything else was
/// changed by hand and is reported as such.
extension PostgresRow {
    func state(_ column: Int) throws(StoreError) -> JobState {
        guard let state = string(column).flatMap(JobState.init(rawValue:)) else {
            throw .rejected("unknown job status \(string(column) ?? "NULL")")
        }
        return state
    }

    func time(_ column: Int) throws(StoreError) -> WallTime {
        guard let microseconds = integer(column) else { throw .rejected("a missing point in time") }
        return WallTime(microseconds: microseconds)
    }

    /// What is no trace, which nobody but somebody's hand can have written, is none.
    func trace(_ column: Int) -> TraceContext? {
        string(column).flatMap { TraceContext(traceparent: $0) }
    }

    /// The columns of `Statements.statusColumns`.
    func status(of id: JobID) throws(StoreError) -> JobStatus {
        let state = try state(0)
        return JobStatus(
            id: id, state: state, attempts: Int(integer(1) ?? 0), createdAt: try time(2),
            startedAt: integer(3).map(WallTime.init), completedAt: integer(4).map(WallTime.init),
            retry: state == .queued ? retry(at: 5) : nil)
    }

    /// When the next try is due, and the class and message of the last one's failure.
    private func retry(at column: Int) -> PendingRetry? {
        integer(column).map { time in
            PendingRetry(
                at: WallTime(microseconds: time),
                failure: JobFailure(
                    failureClass(column + 1), string(column + 2) ?? "", isRetryable: true))
        }
    }

    private func failureClass(_ column: Int) -> JobFailure.Class {
        string(column).flatMap(JobFailure.Class.init(rawValue:)) ?? .internal
    }

    /// The columns of `Statements.inputColumns`.
    func input(at column: Int) throws(StoreError) -> JobInput {
        var input = inputWithoutData(at: column)
        input.data = try data(column + 3)
        return input
    }

    /// A job's table.
    func data(_ column: Int) throws(StoreError) -> JSONText? {
        guard let bytes = utf8(column) else { return nil }
        guard let data = JSONText(readable: bytes.span) else { throw .rejected("stored data nest too deep") }
        return data
    }

    /// The same columns, but for the data, which may be unreadable.
    func inputWithoutData(at column: Int) -> JobInput {
        JobInput(
            query: string(column) ?? "", inputRange: string(column + 1), category: string(column + 2),
            outputRange: string(column + 4), priority: JobPriority(Int(integer(column + 5) ?? 0)) ?? .normal,
            model: string(column + 6))
    }

    /// The columns of `Statements.resultColumns`.
    func result(at column: Int) throws(StoreError) -> (result: JobResult, processingSeconds: Double) {
        let seconds = double(column + 10) ?? 0
        switch try state(column) {
        case .pending, .queued, .processing: return (.unfinished(try state(column)), seconds)
        case .cancelled: return (.cancelled, seconds)
        case .failed: return (.failed(failure(at: column + 11, tokens(at: column + 5))), seconds)
        case .completed: return (.completed(try output(at: column + 1), processingSeconds: seconds), seconds)
        }
    }

    private func output(at column: Int) throws(StoreError) -> JobOutput {
        return JobOutput(
            stored: utf8(column).map { ResultTable(stored: JSONText(compacting: $0.span)) },
            message: string(column + 1),
            outputRange: string(column + 2), category: string(column + 3) ?? "", tokens: tokens(at: column + 4),
            model: string(column + 7) ?? "",
            provider: string(column + 8) ?? "",
            warnings: try json(column + 13)?.arrayValue?.compactMap { JobWarning($0) } ?? [])
    }

    private func tokens(at column: Int) -> TokenUsage {
        TokenUsage(
            prompt: Int(integer(column) ?? 0), completion: Int(integer(column + 1) ?? 0),
            precached: Int(integer(column + 2) ?? 0))
    }

    private func failure(at column: Int, _ tokens: TokenUsage) -> JobFailure {
        JobFailure(
            failureClass(column), string(column + 1) ?? "", isRetryable: bool(column + 2) ?? false, tokens: tokens)
    }

    private func json(_ column: Int) throws(StoreError) -> JSONValue? {
        guard let bytes = utf8(column) else { return nil }
        do throws(JSONParseError) {
            return try JSONParser().parse(bytes)
        } catch {
            throw .rejected("stored JSON cannot be read: \(error)")
        }
    }
}
