import EventLoop

/// Requests at a fixed rate over a number of connections. One that finds all of them busy waits, and its waiting
/// counts: a server cannot make its figures better by being slow.
final class OpenLoop {
    private let clients: [PacedClient]
    private let requests: [[UInt8]]
    private let schedule: ArrivalSchedule
    private let warmUpEnd: MonotonicTime
    private let end: MonotonicTime
    private let ledger: Ledger
    private var sent = 0
    private var next = 0
    private var hadFreeClient = true

    private final class Ledger {
        var result: LoadResult
        var busy = 0
        init(_ result: LoadResult) { self.result = result }
    }

    /// Starts now; what is due in the first `options.warmUp` seconds is sent, but not counted.
    init(_ options: LoadOptions, on loop: EventLoop) {
        let start = MonotonicTime.now
        let warmUpEnd = start + .seconds(options.warmUp)
        let timeline = LatencyTimeline(start: warmUpEnd, seconds: options.seconds, count: options.slices)
        let ledger = Ledger(LoadResult(rate: options.rate, timeline: timeline))
        requests = options.requests
        self.ledger = ledger
        self.warmUpEnd = warmUpEnd
        schedule = ArrivalSchedule(
            start: start, rate: options.rate, total: Int(options.rate * (options.warmUp + options.seconds)))
        end = start + .seconds(options.warmUp + options.seconds + options.grace)
        clients = (0..<options.connections).map { number in
            PacedClient(to: options.target, number: number, on: loop) { intended, ending in
                ledger.busy -= 1
                if intended >= warmUpEnd { ledger.result.count(ending, since: intended) }
            }
        }
    }

    /// Sends what is due as far as connections are free. Returns whether everything is over.
    func advance(to now: MonotonicTime) -> Bool {
        let due = schedule.due(at: now)
        while sent < due, ledger.busy < clients.count {
            while clients[next].intended != nil { next = (next + 1) % clients.count }
            ledger.busy += 1
            let intended = schedule.time(of: sent)
            if hadFreeClient, intended >= warmUpEnd {
                ledger.result.delays.record(nanoseconds: now.nanoseconds - intended.nanoseconds)
            }
            clients[next].send(requests[sent % requests.count], intended: intended)
            next = (next + 1) % clients.count
            sent += 1
        }
        hadFreeClient = ledger.busy < clients.count
        return now >= end || sent == schedule.total && ledger.busy == 0
    }

    /// What was measured. Closes the connections.
    func finish() -> LoadResult {
        var result = ledger.result
        let now = MonotonicTime.now
        let waiting = clients.compactMap(\.intended) + (sent..<max(sent, schedule.total ?? 0)).map(schedule.time(of:))
        for intended in waiting where intended >= warmUpEnd {
            result.countUnanswered(since: intended, until: now)
        }
        for client in clients { client.close() }
        return result
    }
}

extension LoadResult {
    fileprivate mutating func count(_ ending: PacedClient.Ending, since intended: MonotonicTime) {
        record(intended, until: .now)
        switch ending {
        case .answered(200..<300): break
        case .answered: refused += 1
        case .broken: broken += 1
        }
    }

    fileprivate mutating func countUnanswered(since intended: MonotonicTime, until now: MonotonicTime) {
        record(intended, until: now)
        unanswered += 1
    }
}
