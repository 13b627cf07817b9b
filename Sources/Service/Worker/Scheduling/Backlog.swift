import Domain

/// What a worker has read from the queue and not begun: jobs that wait for their turn, and messages that wait to be
/// put aside. Says when it has had enough. Pure.
struct Backlog {
    /// What the source is to be told.
    enum Flow {
        case pause, resume
    }

    /// A message that no worker can do anything with, and why.
    struct Unusable {
        let delivery: JobDelivery
        let reason: String

        var bytes: Int { (delivery.value?.count ?? 0) + (delivery.key?.count ?? 0) }
    }

    private let window: Int
    private let maximumBytes: Int
    private var scheduler: FairScheduler
    /// Jobs that were offered and have begun before their messages came.
    private var begun = ExpectedMessages(limit: 20_000)
    /// With so many jobs in line there is time to wait for the messages of others.
    private static let offerLimit = 1_000
    private var rescued: [JobID] = []
    private var unusable: [Unusable] = []
    private var unusableCount = 0
    private var unusableBytes = 0
    private var isPaused = false

    /// Has enough at `window` messages, or when those to be put aside have `maximumBytes` bytes; wants more again
    /// at half of that.
    init(window: Int, maximumBytes: Int, ageing: Duration, weights: ClientWeights = ClientWeights()) {
        self.window = window
        self.maximumBytes = maximumBytes
        scheduler = FairScheduler(ageing: ageing, weights: weights)
    }

    /// How many jobs wait here.
    var jobCount: Int { rescued.count + scheduler.count }

    /// Puts the job of a message in line. False when the job was offered and runs already: the message has nothing to
    /// say any more.
    mutating func add(_ ticket: JobTicket, at position: QueuePosition) -> Bool {
        guard !begun.remove(ticket.id) else { return false }
        scheduler.add(ticket, at: position)
        return true
    }

    /// Jobs whose messages this process is about to publish: they need not wait for them. Those that find no room come
    /// with their messages.
    mutating func offer(_ tickets: [JobTicket]) {
        for ticket in tickets.prefix(max(0, Self.offerLimit - scheduler.count)) { scheduler.offer(ticket) }
    }

    /// A job without messages has begun; returns those that have come since its turn.
    mutating func didBegin(_ id: JobID) -> [QueuePosition] {
        let positions = scheduler.withdraw(id)
        if positions.isEmpty { begun.insert(id) }
        return positions
    }

    /// The job waits again; a message that comes for it counts.
    mutating func didRelease(_ id: JobID) {
        begun.remove(id)
    }

    /// Jobs of lost workers, which are in the queue again. They are run here before any other: they have waited for
    /// the end of a lease, and their new messages may lie in partitions that the group has yet to take from the dead,
    /// or behind a long queue. Their number is bounded by the slots of the workers that were lost.
    mutating func rescue(_ jobs: [JobID]) {
        rescued += jobs
    }

    /// The jobs whose turn it is, at most `limit`.
    mutating func next(_ limit: Int) -> [NextJob] {
        let first = rescued.prefix(limit).map(NextJob.rescued)
        rescued.removeFirst(first.count)
        return first + scheduler.next(limit - first.count).map(NextJob.waiting)
    }

    /// The job needed no slot.
    mutating func refund(_ job: NextJob) {
        if case .waiting(let job) = job { scheduler.refund(job.ticket) }
    }

    /// The messages of these partitions are another worker's now.
    mutating func forget(_ partitions: Set<Int32>) {
        scheduler.remove { partitions.contains($0.partition) }
    }

    /// A message to be put aside; it counts until `didPutAside`.
    mutating func add(_ message: Unusable) {
        unusable.append(message)
        unusableCount += 1
        unusableBytes += message.bytes
    }

    /// The messages to be put aside now.
    mutating func takeUnusable() -> [Unusable] {
        defer { unusable = [] }
        return unusable
    }

    mutating func didPutAside(_ message: Unusable) {
        unusableCount -= 1
        unusableBytes -= message.bytes
    }

    /// What to tell the source, if its answer to the last call is no longer right.
    mutating func flow() -> Flow? {
        let count = scheduler.positionCount + unusableCount
        if isPaused {
            guard count <= window / 2, unusableBytes <= maximumBytes / 2 else { return nil }
        } else {
            guard count >= window || unusableBytes >= maximumBytes else { return nil }
        }
        isPaused.toggle()
        return isPaused ? .pause : .resume
    }
}
