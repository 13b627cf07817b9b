public import Domain
public import EventLoop
public import Telemetry

/// Takes down the calls of models beside the work: who notes one waits for nothing, and a journal that is away costs
/// records and no answers. Calls wait in memory, at most so many and so many bytes; what does not fit is counted and
/// told in the log. One for each process.
public final class CallRecorder: Sendable {
    /// What may wait in memory.
    public struct Limits: Sendable, Equatable {
        /// Calls.
        public var calls = 10_000
        /// Bytes of kept texts.
        public var textBytes = 16 << 20
        /// Calls that are stored at a time.
        public var batch = 200
        /// Bytes of texts that are stored at a time, unless one call alone has more.
        public var batchBytes = 2 << 20
        /// How long a call waits for others, to be stored together.
        public var gathering = Duration.milliseconds(200)
        /// Between two lines of the log about lost records.
        public var silence = Duration.seconds(30)

        /// The usual ones.
        public init() {}
    }

    private struct Content {
        var waiting: [ModelCall] = []
        var textBytes = 0
        var lost = 0
        var isClosing = false
    }

    private let content = Lock(Content())
    private let limits: Limits
    private let signal: Signal
    private let logger: Logger

    /// A recorder whose `run` is to be called on `loop`.
    public init(on loop: EventLoop, limits: Limits = Limits(), logger: Logger) {
        self.limits = limits
        self.logger = logger
        signal = Signal(on: loop)
    }

    /// Keeps the call for the journal, or counts it as lost. Any thread; never waits.
    public func note(_ call: ModelCall) {
        let isFirst = content.withLock { content in
            let bytes = content.textBytes + call.textBytes
            guard content.waiting.count < limits.calls, bytes <= limits.textBytes else {
                content.lost += 1
                return false
            }
            content.waiting.append(call)
            content.textBytes = bytes
            return content.waiting.count == 1
        }
        if isFirst { signal.ring() }
    }

    /// Lets `run` end once it has stored what waits, or at its first failure to.
    public func close() {
        content.withLock { $0.isClosing = true }
        signal.ring()
    }

    /// Stores what is noted, until `close` or until the task is cancelled.
    public func run(storingIn journal: any CallJournal, on loop: EventLoop) async {
        loop.preconditionInLoop()
        var reports = LossReports(limits.silence, logger)
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(5))
        var batch: [ModelCall] = []
        while !Task.isCancelled {
            if batch.isEmpty { batch = takeBatch() }
            if batch.isEmpty {
                reports.tell(takeLost())
                if isClosing { break }
                await signal.wait(atMost: limits.silence)
                if !isClosing { await loop.pause(for: limits.gathering) }
                continue
            }
            do throws(StoreError) {
                try await store(batch, in: journal)
                trouble.reset()
                batch = []
            } catch {
                logger.debug("model calls cannot be recorded yet", ["reason": "\(error)"])
                if isClosing { break }
                reports.tell(takeLost())
                await loop.pause(for: trouble.next())
            }
        }
        reports.tell(takeLost() + batch.count + content.withLock { $0.waiting.count }, isLast: true)
    }

    private var isClosing: Bool { content.withLock { $0.isClosing } }

    private func takeLost() -> Int {
        content.withLock { content in
            defer { content.lost = 0 }
            return content.lost
        }
    }

    private func takeBatch() -> [ModelCall] {
        content.withLock { content in
            var (count, bytes) = (0, 0)
            for call in content.waiting.prefix(limits.batch) {
                bytes += call.textBytes
                if count > 0, bytes > limits.batchBytes { break }
                count += 1
            }
            let batch = Array(content.waiting.prefix(count))
            content.waiting.removeFirst(count)
            content.textBytes -= batch.reduce(0) { $0 + $1.textBytes }
            return batch
        }
    }

    /// A batch that is refused is stored one by one, so that a bad call does the others no harm.
    private func store(_ batch: [ModelCall], in journal: any CallJournal) async throws(StoreError) {
        do throws(StoreError) {
            try await journal.append(batch)
        } catch .rejected(let reason) {
            guard batch.count > 1 else {
                logger.error("the database refused a model call", ["call": "\(batch[0].id)", "reason": .text(reason)])
                return content.withLock { $0.lost += 1 }
            }
            for call in batch { try await store([call], in: journal) }
        }
    }
}

/// Tells of lost records, not too often.
private struct LossReports {
    private let silence: Duration
    private let logger: Logger
    private var untold = 0
    private var lastTold: MonotonicTime?

    init(_ silence: Duration, _ logger: Logger) {
        self.silence = silence
        self.logger = logger
    }

    mutating func tell(_ lost: Int, isLast: Bool = false) {
        untold += lost
        let isDue = lastTold.map { MonotonicTime.now - $0 >= silence } ?? true
        guard untold > 0, isDue || isLast else { return }
        logger.warning("records of model calls were lost", ["count": .integer(untold)])
        untold = 0
        lastTold = .now
    }
}

extension ModelCall {
    fileprivate var textBytes: Int { (question?.utf8.count ?? 0) + (answer?.utf8.count ?? 0) }
}
