public import Domain
public import EventLoop
public import Telemetry

/// Adds up what became of jobs, and deletes jobs that ended long ago, old records of model calls, and idempotency keys
/// that have run out: in small steps with pauses, so that nobody notices. Every worker process may have one.
public struct Retention: Sendable {
    private let archive: any JobArchive
    private let statistics: any JobStatistics
    private let age: Duration
    private let logger: Logger
    /// From one round to the next; each goes on until there is nothing old left.
    private let interval: Duration
    private let batchSize = 500
    /// Between two batches of a round.
    private let breath: Duration

    /// Deletes jobs `age` after their end, and records `age` after their call. `interval` is the time between two
    /// rounds, `breath` between two batches.
    public init(
        archive: any JobArchive, statistics: any JobStatistics, age: Duration, interval: Duration = .seconds(60),
        breath: Duration = .milliseconds(200), logger: Logger
    ) {
        self.archive = archive
        self.statistics = statistics
        self.age = age
        self.interval = interval
        self.breath = breath
        self.logger = logger
    }

    /// Works until the task is cancelled.
    public func run(on loop: EventLoop) async {
        repeat { await round(on: loop) } while await loop.pause(for: interval)
    }

    private func round(on loop: EventLoop) async {
        do {
            while try await statistics.addUpNext() { try await loop.sleep(for: breath) }
            let jobs = try await prune(on: loop) { () throws(StoreError) in
                try await archive.deleteEnded(longerAgoThan: age, limit: batchSize)
            }
            let keys = try await prune(on: loop) { () throws(StoreError) in
                try await archive.deleteExpiredKeys(limit: batchSize)
            }
            let calls = try await prune(on: loop) { () throws(StoreError) in
                try await archive.deleteCalls(longerAgoThan: age, limit: batchSize)
            }
            guard jobs + keys + calls > 0 else { return }
            logger.info(
                "old jobs were deleted",
                ["jobs": .integer(jobs), "idempotency_keys": .integer(keys), "model_calls": .integer(calls)])
        } catch let error as StoreError {
            logger.warning("old jobs cannot be added up or deleted", ["reason": "\(error)"])
        } catch {
            // Cancelled.
        }
    }

    /// Deletes batches until one is not full.
    private func prune(on loop: EventLoop, _ batch: () async throws(StoreError) -> Int) async throws -> Int {
        var total = 0
        while true {
            let count = try await batch()
            total += count
            if count < batchSize { return total }
            try await loop.sleep(for: breath)
        }
    }
}
