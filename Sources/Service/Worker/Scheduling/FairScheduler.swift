import Domain
import Telemetry

/// Decides whose job starts next. Clients take turns in proportion to their weights (start-time fair queueing);
/// of one client's jobs the one with the earliest `JobTicket.turn` goes first, and the same decides between clients
/// whose turn has come alike.
///
/// Pure: it has no clock. A client that was away joins at the present virtual time, so it neither keeps a credit nor
/// pays for what others used. Adding and handing out take time in proportion to the logarithm of what waits.
struct FairScheduler {
    private struct Turn: Comparable {
        let moment: Int64
        let arrival: UInt64

        static func < (left: Turn, right: Turn) -> Bool {
            (left.moment, left.arrival) < (right.moment, right.arrival)
        }
    }

    private struct Place: Comparable {
        let start: Int64
        let turn: Turn

        static func < (left: Place, right: Place) -> Bool {
            (left.start, left.turn) < (right.start, right.turn)
        }
    }

    /// What one job costs a client of weight 1 in virtual time; divided by the weight.
    private static let cost: Int64 = 1 << 20
    private static let maximumResting = 10_000

    private let ageing: Duration
    private let weights: ClientWeights
    private var waiting: [JobID: WaitingJob] = [:]
    private var queues: [String: IndexedHeap<JobID, Turn>] = [:]
    /// Clients with waiting jobs.
    private var active = IndexedHeap<String, Place>()
    /// Clients without, whose last turn is not over yet in virtual time; the value is when it is.
    private var resting = IndexedHeap<String, Int64>()
    /// The start of the last job that was handed out.
    private var virtualTime: Int64 = 0
    private var arrivals: UInt64 = 0
    /// The messages of all waiting jobs.
    private(set) var positionCount = 0

    init(ageing: Duration, weights: ClientWeights = ClientWeights()) {
        self.ageing = ageing
        self.weights = weights
    }

    /// Waiting jobs.
    var count: Int { waiting.count }
    var isEmpty: Bool { waiting.isEmpty }

    /// Puts a job in line. One that waits already only gets another position.
    mutating func add(_ ticket: JobTicket, at position: QueuePosition) {
        offer(ticket)
        waiting[ticket.id]?.positions.append(position)
        positionCount += 1
    }

    /// Puts a job in line whose message is yet to come, unless it waits already.
    mutating func offer(_ ticket: JobTicket) {
        guard waiting[ticket.id] == nil else { return }
        waiting[ticket.id] = WaitingJob(ticket: ticket, positions: [])
        arrivals += 1
        let turn = Turn(moment: ticket.turn(ageing: ageing).microseconds, arrival: arrivals)
        queues[ticket.client, default: IndexedHeap()].set(ticket.id, turn)
        place(ticket.client, startingAt: start(of: ticket.client))
    }

    /// Takes up to `limit` jobs, in the order in which they are to start.
    mutating func next(_ limit: Int) -> [WaitingJob] {
        var taken: [WaitingJob] = []
        while taken.count < limit, let (client, place) = active.first, let id = queues[client]?.first?.element,
            let job = waiting.removeValue(forKey: id)
        {
            taken.append(job)
            positionCount -= job.positions.count
            virtualTime = max(virtualTime, place.start)
            queues[client]?.remove(id)
            self.place(client, startingAt: place.start + cost(of: client))
            forgetRested()
        }
        return taken
    }

    /// The job did not need its slot after all (it had ended, or runs elsewhere): its client's turn comes again.
    mutating func refund(_ ticket: JobTicket) {
        let client = ticket.client
        guard let charged = active.rank(of: client)?.start ?? resting.rank(of: client) else { return }
        place(client, startingAt: charged - cost(of: client))
    }

    /// Takes a job out of the line and returns its messages.
    mutating func withdraw(_ id: JobID) -> [QueuePosition] {
        guard let job = waiting[id] else { return [] }
        positionCount -= job.positions.count
        remove(id, of: job.ticket.client)
        return job.positions
    }

    /// Drops the messages that `isGone` is true for, and the jobs that have lost their last one.
    mutating func remove(where isGone: (QueuePosition) -> Bool) {
        for (id, job) in waiting {
            let kept = job.positions.filter { !isGone($0) }
            guard kept.count < job.positions.count else { continue }
            positionCount -= job.positions.count - kept.count
            if kept.isEmpty { remove(id, of: job.ticket.client) } else { waiting[id]?.positions = kept }
        }
    }

    private mutating func remove(_ id: JobID, of client: String) {
        waiting[id] = nil
        let start = start(of: client)
        queues[client]?.remove(id)
        place(client, startingAt: start)
    }

    /// Where a client stands: its own mark, or now.
    private func start(of client: String) -> Int64 {
        active.rank(of: client)?.start ?? max(virtualTime, resting.rank(of: client) ?? virtualTime)
    }

    /// Puts the client where its next job starts, among the active ones or those at rest.
    private mutating func place(_ client: String, startingAt start: Int64) {
        if let head = queues[client]?.first {
            resting.remove(client)
            active.set(client, Place(start: start, turn: head.rank))
        } else {
            queues[client] = nil
            active.remove(client)
            if start > virtualTime { resting.set(client, start) } else { resting.remove(client) }
        }
    }

    /// Those whose turn is over owe nothing any more. Should ever so many clients have come once, the oldest debts,
    /// of one job at most, are forgiven, since memory is bounded.
    private mutating func forgetRested() {
        while let rested = resting.first, rested.rank <= virtualTime || resting.count > Self.maximumResting {
            resting.remove(rested.element)
        }
    }

    private func cost(of client: String) -> Int64 {
        Int64(Double(Self.cost) / weights[client])
    }
}
