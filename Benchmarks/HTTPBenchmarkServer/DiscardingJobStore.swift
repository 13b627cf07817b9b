import Domain
import JSON
import Telemetry

/// Accepts every job and keeps none. Whatever id is asked for has the same big answer, so that there is something
/// to read slowly.
struct DiscardingJobStore: JobStore {
    private let output = JobOutput(
        table: Self.bigTable, message: "Готово", outputRange: "A1:Y2000", category: "analysis",
        tokens: TokenUsage(prompt: 10, completion: 8), model: "GigaChat-2", provider: "gigachat")

    /// About 1 MB of JSON: more than the kernel's buffers of one connection hold.
    private static let bigTable = JSONValue.array(
        (0..<2_000).map { row in
            .array((0..<25).map { column in .string("Товар \(row)-\(column)") })
        })

    func submit(
        _ id: JobID, _ input: JobInput, client: String, key: IdempotencyKey?
    ) async throws(StoreError) -> Submission {
        .accepted(id)
    }

    func earlierSubmission(with key: IdempotencyKey) async throws(StoreError) -> Submission? {
        nil
    }

    func status(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobStatus? {
        JobStatus(id: id, state: .completed, attempts: 1, createdAt: .now)
    }

    func cancel(_ id: JobID) async throws(StoreError) -> Cancellation? {
        try await status(of: id).map { Cancellation(status: $0, isNew: false) }
    }

    func result(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobResult? {
        .completed(output, processingSeconds: 0.25)
    }

    func states(of ids: [JobID]) async throws(StoreError) -> [JobID: JobState] {
        Dictionary(ids.map { ($0, .completed) }) { first, _ in first }
    }

    func ping() async throws(StoreError) {}

    func load(countingTo limit: Int) async throws(StoreError) -> JobLoad {
        JobLoad(queued: 0, processing: 0)
    }
}
