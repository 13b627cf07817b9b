public import Telemetry

/// Says how long waiting jobs have to wait, by the rule that workers start them by: clients take turns, and of one
/// client's jobs the one with the earliest turn goes first. Pure.
public struct QueueForecast: Sendable {
    /// When it was made, by the database's clock.
    public let asOf: WallTime
    private let pace: ServicePace
    private let ageing: Duration
    private let weights: ClientWeights
    private let lines: [String: [QueueLine]]
    private let arrivals: [String: [ServicePace.Arrivals]]
    private let busySince: WallTime

    /// A forecast from what waits and how fast jobs are done. `ageing` is the wait that makes up for a step of
    /// priority, `weights` the proportion in which clients share.
    public init(
        lines: [QueueLine], pace: ServicePace, ageing: Duration, weights: ClientWeights = ClientWeights(),
        asOf: WallTime
    ) {
        self.weights = weights
        self.lines = Dictionary(grouping: lines, by: \.client)
        arrivals = Dictionary(grouping: pace.arrivals, by: \.client)
        self.pace = pace
        self.ageing = ageing
        self.asOf = asOf
        busySince = lines.compactMap(\.oldest).min() ?? asOf
    }

    /// How many jobs start before this one, as far as they wait already. One that waits for its next try goes before
    /// none, and comes back to the place that its turn has among those that wait.
    public func position(of ticket: JobTicket) -> Int {
        let rank = rank(of: ticket.client, before: ticket)
        return rank
            + rivals(of: ticket, rank).reduce(0) { sum, rival in
                sum + min(rival.waiting, Int((Double(rank) * rival.share).rounded(.up)) + rival.lead)
            }
    }

    /// Seconds until the waiting job has ended, jobs that will come meanwhile taken into account; nil when too little
    /// is known. It starts at `earliest` at the soonest, when a retry is to come.
    public func secondsUntilEnd(of ticket: JobTicket, notBefore earliest: WallTime? = nil) -> Double? {
        let busy = seconds(from: busySince, to: asOf)
        guard let mean = pace.meanDuration, let rate = pace.rate(busySeconds: busy) else { return nil }
        let rank = rank(of: ticket.client, before: ticket)
        let rivals = rivals(of: ticket, rank)
        // The next slot becomes free within one service time: after half of it, on average.
        var wait = 0.0
        for _ in 0..<Self.rounds {
            let ownRank = Double(rank) + overtaking(ticket, within: wait)
            let before = rivals.reduce(ownRank) { sum, rival in
                sum + min(Double(rival.waiting) + rival.arrivals * wait, ownRank * rival.share + Double(rival.lead))
            }
            wait = (before + 0.5) / rate
        }
        return max(wait, earliest.map { seconds(from: asOf, to: $0) } ?? 0) + mean
    }

    /// How many more urgent jobs of the same client will come in the next `wait` seconds and still have an earlier
    /// turn.
    private func overtaking(_ ticket: JobTicket, within wait: Double) -> Double {
        arrivals[ticket.client, default: []].reduce(0) { sum, arrivals in
            let last = JobTicket.moment(
                ofTurn: ticket.turn(ageing: ageing), priority: arrivals.priority, ageing: ageing)
            return sum + arrivals.rate * max(0, min(wait, seconds(from: asOf, to: last)))
        }
    }

    /// Seconds until a job that runs since `start` has ended; nil when too little is known.
    public func secondsUntilEnd(startedAt start: WallTime) -> Double? {
        pace.meanDuration.map { max(0, $0 - max(0, seconds(from: start, to: asOf))) }
    }

    /// Steps in which the wait and what comes meanwhile are brought into agreement; more change the result by less
    /// than can be known.
    private static let rounds = 12

    private struct Rival {
        /// Its jobs that wait.
        let waiting: Int
        /// How many it may start for each of the job's client.
        let share: Double
        /// 1 when it goes first in the job's own round, else 0.
        let lead: Int
        /// New ones a second.
        let arrivals: Double
    }

    /// In each round before the job's own, every other client may start one, or as many as it weighs more; in the job's
    /// own, those who are first by their turn.
    private func rivals(of ticket: JobTicket, _ rank: Int) -> [Rival] {
        let others = Set(lines.keys).union(arrivals.keys).subtracting([ticket.client])
        return others.map { client in
            let share = weights[client] / weights[ticket.client]
            let before = Double(rank) * share
            // Whose job starts at the very time of this one: the earlier turn decides.
            let meets = before.rounded() == before
            let goesFirst = meets && self.rank(of: client, before: ticket) > Int(before)
            return Rival(
                waiting: lines[client, default: []].reduce(0) { $0 + $1.count }, share: share,
                lead: goesFirst ? 1 : 0,
                arrivals: arrivals[client, default: []].reduce(0) { $0 + $1.rate })
        }
    }

    /// How many of the client's jobs have an earlier turn.
    private func rank(of client: String, before ticket: JobTicket) -> Int {
        let turn = ticket.turn(ageing: ageing)
        return lines[client, default: []].reduce(0) { sum, line in
            sum + line.count(before: JobTicket.moment(ofTurn: turn, priority: line.priority, ageing: ageing))
        }
    }

    private func seconds(from start: WallTime, to end: WallTime) -> Double {
        Double(end.microseconds - start.microseconds) / 1_000_000
    }
}
