import Domain
import EventLoop
import JSON
import Prompts
import Telemetry
import Worker

/// A model whose answers are written down beforehand; the last one repeats.
final class ScriptedModel: ChatModel, Sendable {
    enum Step: Sendable {
        case answer(String)
        case failure(ModelFailure)
        /// Never answers; ends only by cancellation.
        case hang
    }

    private let steps: Lock<[Step]>
    private let asked = Lock<[ChatRequest]>([])
    private let loops = Lock<[Int]>([])
    private let underWay = Lock((now: 0, most: 0))
    private let delay: Duration

    init(_ steps: Step...) {
        self.steps = Lock(steps)
        delay = .zero
    }

    /// Answers `count` times, each after `delay`, and then never again.
    init(answering count: Int, after delay: Duration = .zero) {
        steps = Lock(Array(repeating: .answer("[[1]]"), count: count) + [.hang])
        self.delay = delay
    }

    var requests: [ChatRequest] { asked.withLock { $0 } }
    /// The loops on which it was asked, by their indices.
    var places: [Int] { loops.withLock { $0 } }
    /// The most calls at a time.
    var mostUnderWay: Int { underWay.withLock { $0.most } }

    func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
        if let place = EventLoop.current?.index { loops.withLock { $0.append(place) } }
        asked.withLock { $0.append(request) }
        let step = steps.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { underWay.withLock { $0.now -= 1 } }
        if delay > .zero { await EventLoop.current?.pause(for: delay) }
        switch step {
        case .answer(let text):
            return chatResult(text, TokenUsage(prompt: 3, completion: 2))
        case .failure(let failure): throw failure
        case .hang:
            do {
                while true { try await EventLoop.current?.sleep(for: .seconds(60)) }
            } catch {
                throw ModelFailure(.cancelled, "cancelled")
            }
        }
    }
}

/// A model that takes its time and does not like to be cancelled.
struct SlowModel: ChatModel {
    func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
        do {
            try await EventLoop.current?.sleep(for: .milliseconds(200))
        } catch {
            throw ModelFailure(.cancelled, "cancelled")
        }
        return chatResult("[[1]]", TokenUsage())
    }
}

private func chatResult(_ text: String, _ tokens: TokenUsage) -> ChatResult {
    ChatResult(text: text, end: ChatEnd(reason: .stop, tokens: tokens, model: "scripted-1", provider: "scripted"))
}

/// What jobs do not ask for.
extension ChatModel {
    func stream(_ request: ChatRequest) async throws(ModelFailure) -> any ChatStream {
        throw ModelFailure(.invalid, "no streams here")
    }

    func embed(_ request: EmbeddingRequest) async throws(ModelFailure) -> EmbeddingResult {
        throw ModelFailure(.invalid, "no vectors here")
    }

    func models() async -> ModelListing { ModelListing() }
}

/// A ledger in memory that records what it is asked. Used from one loop.
final class MemoryLedger: JobLedger, Sendable {
    struct State: Sendable {
        var jobs: [JobID: JobState] = [:]
        var inputs: [JobID: JobInput] = [:]
        var tokens: [JobID: Int64] = [:]
        var ends: [JobID: JobEnd] = [:]
        var handedBack: [JobLease] = []
        var adopted: [JobTicket] = []
        /// What was asked for at a time, and in which order.
        var claims: [[JobID]] = []
        /// Jobs with this query are refused.
        var refusedQuery: String?
        var retries: [ScheduledRetry] = []
        /// What earlier tries of each job took.
        var timeSpent = Duration.zero
        var renewals = 0
        var holdChecks = 0
        /// Leases that `renew` declares lost.
        var losesLeases = false
        /// Whether `renew` fails as if the database were away.
        var refusesRenewals = false
        /// Whether jobs can be claimed while they are held, as after `recoverLost`.
        var holdsRunOut = false
        /// What `renew` was last asked for.
        var renewed: [JobLease] = []
        /// Jobs that `recoverLost` puts back into the queue, once.
        var lost: [JobID] = []
        /// When `recoverLost` was called.
        var recoveries: [MonotonicTime] = []
        /// How many of the next calls fail as if the database were away.
        var outages = 0
        var running = 0
        var mostRunning = 0

        mutating func claim(_ id: JobID) -> ClaimOutcome {
            guard let job = jobs[id], let input = inputs[id] else { return .unknown }
            let isHeld = job == .processing && !holdsRunOut
            guard !job.isFinal, !isHeld else { return .notWaiting(job) }
            jobs[id] = .processing
            tokens[id, default: 0] += 1
            running += 1
            mostRunning = max(mostRunning, running)
            var atHand = input
            let bytes = input.data?.bytes.count ?? 0
            if bytes > ClaimedJob.largestDataAtHand { atHand.data = nil }
            return .claimed(
                ClaimedJob(
                    lease: JobLease(id: id, token: FencingToken(tokens[id] ?? 0)), input: atHand, attempt: 1,
                    createdAt: .now, timeSpent: timeSpent,
                    dataBytesLeft: bytes > ClaimedJob.largestDataAtHand ? bytes : 0))
        }
    }

    let state = Lock(State())
    /// Whether ends are not stored for now.
    let holdsEnds = Lock(false)

    func add(_ id: JobID, _ input: JobInput = JobInput(query: "q", category: "generation")) {
        state.withLock { state in
            state.jobs[id] = .queued
            state.inputs[id] = input
        }
    }

    private func checkOutage() throws(StoreError) {
        let isAway = state.withLock { state in
            guard state.outages > 0 else { return false }
            state.outages -= 1
            return true
        }
        if isAway { throw .unavailable("away") }
    }

    func claim(
        _ ids: [JobID], owner: String, lease: Duration
    ) async throws(StoreError) -> [JobID: ClaimOutcome] {
        try checkOutage()
        return state.withLock { state in
            state.claims.append(ids)
            return Dictionary(uniqueKeysWithValues: ids.map { ($0, state.claim($0)) })
        }
    }

    func data(of id: JobID) async throws(StoreError) -> JSONText? {
        try checkOutage()
        return state.withLock { $0.inputs[id]?.data }
    }

    func adopt(_ jobs: [AdoptedJob]) async throws(StoreError) {
        try checkOutage()
        let refused = state.withLock { $0.refusedQuery }
        if jobs.contains(where: { $0.input.query == refused }) { throw .rejected("refused") }
        for job in jobs where state.withLock({ $0.jobs[job.ticket.id] }) == nil {
            state.withLock { $0.adopted.append(job.ticket) }
            add(job.ticket.id, job.input)
        }
    }

    func announce(_ owner: String, slots: Int) async throws(StoreError) {}

    func renew(_ leases: [JobLease], lease: Duration) async throws(StoreError) -> Set<JobLease> {
        if state.withLock({ $0.refusesRenewals }) { throw .unavailable("away") }
        return state.withLock { state in
            state.renewals += 1
            state.renewed = leases
            return state.losesLeases ? [] : Set(leases)
        }
    }

    func endedHolds(among leases: [JobLease]) async throws(StoreError) -> [JobLease: JobState] {
        state.withLock { state in
            state.holdChecks += 1
            let ended = leases.compactMap { lease in
                state.jobs[lease.id].flatMap { $0 == .processing ? nil : (lease, $0) }
            }
            return Dictionary(uniqueKeysWithValues: ended)
        }
    }

    func finish(_ lease: JobLease, _ end: JobEnd) async throws(StoreError) -> Bool {
        try checkOutage()
        while holdsEnds.withLock({ $0 }) {
            do {
                try await EventLoop.current?.sleep(for: .milliseconds(2))
            } catch {
                throw .unavailable("cancelled")
            }
        }
        return state.withLock { state in
            guard state.tokens[lease.id] == lease.token.value, state.jobs[lease.id] == .processing else { return false }
            state.ends[lease.id] = end
            state.running -= 1
            if case .completed = end { state.jobs[lease.id] = .completed } else { state.jobs[lease.id] = .failed }
            return true
        }
    }

    func retryLater(_ lease: JobLease, _ retry: ScheduledRetry) async throws(StoreError) -> Bool {
        try checkOutage()
        return state.withLock { state in
            guard state.tokens[lease.id] == lease.token.value, state.jobs[lease.id] == .processing else { return false }
            state.retries.append(retry)
            state.jobs[lease.id] = .queued
            state.running -= 1
            return true
        }
    }

    func handBack(_ leases: [JobLease]) async throws(StoreError) {
        state.withLock { $0.handedBack += leases }
    }

    func recoverLost(limit: Int) async throws(StoreError) -> RecoveredJobs {
        state.withLock { $0.recoveries.append(.now) }
        try checkOutage()
        return state.withLock { state in
            defer { state.lost = [] }
            return RecoveredJobs(requeued: state.lost, failed: 0)
        }
    }
}

/// A source that delivers what a test puts in, and remembers the acknowledgements.
final class ScriptedSource: JobSource, Sendable {
    private let pending: Lock<[JobDelivery]>
    let acknowledged = Lock<[Int64]>([])
    /// `true` for each pause, `false` for each resumption.
    let pauses = Lock<[Bool]>([])
    private let revocation = Lock<@Sendable (Set<Int32>) -> Void>({ _ in })
    private let present: Range<Int64>

    init(_ deliveries: [JobDelivery] = [], undelivered: Range<Int64> = 0..<0) {
        pending = Lock(deliveries)
        present = undelivered
    }

    /// What was not read yet.
    var undeliveredCount: Int { pending.withLock { $0.count } }

    /// To be read within some milliseconds.
    func deliver(_ deliveries: [JobDelivery]) {
        pending.withLock { $0 += deliveries }
    }

    /// Takes partitions away, as another member's arrival does. On the worker's loop.
    func revoke(_ partitions: Set<Int32>) {
        revocation.withLock { $0 }(partitions)
    }

    func next() async throws -> [JobDelivery] {
        while true {
            let isPaused = pauses.withLock { $0.last ?? false }
            let deliveries = pending.withLock { pending in
                let taken = isPaused ? 0 : min(pending.count, 64)
                defer { pending.removeFirst(taken) }
                return Array(pending.prefix(taken))
            }
            if !deliveries.isEmpty { return deliveries }
            try await EventLoop.current?.sleep(for: .milliseconds(2))
        }
    }

    func pause() { pauses.withLock { $0.append(true) } }

    func resume() { pauses.withLock { $0.append(false) } }

    func onRevoked(_ handler: @escaping @Sendable (Set<Int32>) -> Void) {
        revocation.withLock { $0 = handler }
    }

    func acknowledge(_ position: QueuePosition) {
        acknowledged.withLock { $0.append(position.offset) }
    }

    func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64> { present }
}

/// A queue that keeps what is published and buried, and fails as often as told.
final class MemoryQueue: JobQueue, Sendable {
    let published = Lock<[Int64]>([])
    let buried = Lock<[String]>([])
    let failures = Lock(0)
    /// Entries that are refused for good.
    let refused = Lock<Set<Int64>>([])
    /// Whether what is published is not taken yet, and how many batches wait for that.
    let isHeld = Lock(false)
    let underWay = Lock(0)

    private func failsNow() -> Bool {
        failures.withLock { failures in
            guard failures > 0 else { return false }
            failures -= 1
            return true
        }
    }

    func publish(_ entries: [OutboxEntry]) async -> [Result<PublishedEntry, QueueError>] {
        if failsNow() { return entries.map { _ in .failure(QueueError("down")) } }
        underWay.withLock { $0 += 1 }
        defer { underWay.withLock { $0 -= 1 } }
        while isHeld.withLock({ $0 }) { await EventLoop.current?.pause(for: .milliseconds(2)) }
        return entries.map { entry in
            if refused.withLock({ $0.contains(entry.sequence) }) {
                return .failure(QueueError("too large", isRetryable: false))
            }
            published.withLock { $0.append(entry.sequence) }
            return .success(PublishedEntry(entry, partition: 0, offset: entry.sequence))
        }
    }

    func bury(_ delivery: JobDelivery, reason: String) async throws(QueueError) {
        if failsNow() { throw QueueError("down") }
        buried.withLock { $0.append(reason) }
    }
}

/// A library with two active categories.
let testLibrary = PromptLibrary(
    categories: [
        PromptCategory(id: 1, name: "analysis", displayName: "Анализ", description: "", sortOrder: 1),
        PromptCategory(id: 2, name: "generation", displayName: "Создание", description: "", sortOrder: 2),
    ],
    presets: [],
    systemPrompts: [
        "analysis": SystemPrompt(prompt: "system of analysis"),
        "generation": SystemPrompt(prompt: "system of generation"),
    ],
    classifier: SystemPrompt(prompt: "classifier"))

/// The same, learnt.
let testPrompts = LearntLibrary(testLibrary)

func jobID(_ number: UInt64) -> JobID { JobID(high: 0x7000, low: number) }

/// A delivery of a request message for `id` at `offset`.
func delivery(_ id: JobID, at offset: Int64) -> JobDelivery {
    delivery(value: #"{"id":"\#(id)","query":"q","category":"generation"}"#, at: offset)
}

/// A delivery from our own outbox.
func delivery(
    _ id: JobID, at offset: Int64, of client: String, partition: Int32 = 0, createdAt: Int64 = 0
) -> JobDelivery {
    JobDelivery(
        position: QueuePosition(topic: "requests", partition: partition, offset: offset), key: nil, value: nil,
        ticket: JobTicket(
            id: id, client: client, priority: .normal, createdAt: WallTime(microseconds: createdAt)))
}

func delivery(value: String, at offset: Int64) -> JobDelivery {
    JobDelivery(
        position: QueuePosition(topic: "requests", partition: 0, offset: offset), key: nil, value: Array(value.utf8))
}

/// A logger that writes nothing a test would look at.
func quietLogger() throws -> Logger {
    Logger(try LogSink(minimumLevel: .error, format: .text))
}
