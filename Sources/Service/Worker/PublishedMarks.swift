import Domain
import EventLoop
import Telemetry

/// Tells the outbox where published entries went: not at once, since an entry that a worker claims in the meantime is
/// gone and needs no mark, and many marks cost little more than one. Until then the relay's lease hides them. Marks
/// that are lost let their entries be published again, which is harmless. Lives on one loop.
final class PublishedMarks {
    private let outbox: any Outbox
    private let logger: Logger
    private let hasWork: Signal
    private var pending: [PublishedEntry] = []
    private let delay = Duration.milliseconds(100)
    private let batchSize = 500
    /// Beyond it the oldest are given up.
    private let limit = 20_000

    init(on loop: EventLoop, _ outbox: any Outbox, _ logger: Logger) {
        self.outbox = outbox
        self.logger = logger
        hasWork = Signal(on: loop)
    }

    func add(_ published: [PublishedEntry]) {
        let before = pending.count
        pending += published
        if before == 0 || pending.count / batchSize > before / batchSize { hasWork.ring() }
    }

    /// Works until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            if pending.isEmpty { await hasWork.wait() }
            if pending.count < batchSize { await hasWork.wait(atMost: delay) }
            if await !write() { await hasWork.wait(atMost: delay) }
        }
    }

    /// Writes what there is. False when that did not work; what is left stays for the next time.
    @discardableResult
    func write() async -> Bool {
        while !pending.isEmpty {
            let batch = Array(pending.prefix(batchSize))
            do throws(StoreError) {
                try await outbox.markPublished(batch)
                pending.removeFirst(batch.count)
            } catch {
                logger.warning("published messages could not be marked", ["reason": "\(error)"])
                pending.removeFirst(max(0, pending.count - limit))
                return false
            }
        }
        return true
    }
}
