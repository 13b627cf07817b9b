import Domain
import Telemetry
import TestSupport
import Testing

@testable import Worker

/// The real scheduler and the real forecast under a steady load, with a clock of its own.
private struct Load {
    struct Client {
        let name: String
        let jobsPerSecond: Double
        var next: Double
    }

    struct Foretold {
        let seconds: Double
        let at: Double
    }

    private static let ageing = Duration.seconds(30)
    private let slots: Int
    private let duration: ClosedRange<Double>
    private var random: SeededGenerator
    private var scheduler = FairScheduler(ageing: Self.ageing)
    private var clients: [Client]
    private var waiting: [JobID: JobTicket] = [:]
    private var arrivals: [(ticket: JobTicket, at: Double)] = []
    private var running: [(id: JobID, start: Double, end: Double)] = []
    private var endings: [(at: Double, duration: Double)] = []
    private var foretold: [JobID: Foretold] = [:]
    private var number: UInt64 = 0
    private(set) var errors: [Double] = []
    private var now = 1_000.0

    init(seed: UInt64, slots: Int, duration: ClosedRange<Double>, _ clients: [(String, jobsPerSecond: Double)]) {
        random = SeededGenerator(seed: seed)
        self.slots = slots
        self.duration = duration
        self.clients = clients.map { Client(name: $0.0, jobsPerSecond: $0.jobsPerSecond, next: 1_000) }
    }

    /// Runs to the end; foretells the jobs that come after `warmUp` seconds.
    mutating func run(for seconds: Double, warmUp: Double) {
        let start = now
        while now < start + seconds {
            let arrival = clients.indices.min { clients[$0].next < clients[$1].next } ?? 0
            let end = running.indices.min { running[$0].end < running[$1].end }
            if let end, running[end].end <= clients[arrival].next {
                finish(end)
            } else {
                arrive(arrival, foretells: now - start > warmUp)
            }
            startJobs()
        }
    }

    private mutating func arrive(_ index: Int, foretells: Bool) {
        now = clients[index].next
        let gap = Double.random(in: 0.5...1.5, using: &random) / clients[index].jobsPerSecond
        clients[index].next = now + gap
        number += 1
        let priority = Int.random(in: 0..<4, using: &random) == 0 ? JobPriority(1) : nil
        let ticket = JobTicket(
            id: jobID(number), client: clients[index].name, priority: priority ?? .normal, createdAt: moment(now))
        arrivals.append((ticket, now))
        // To ask for every job would take long in a debug build.
        if foretells, number.isMultiple(of: 5), let seconds = forecast().secondsUntilEnd(of: ticket) {
            foretold[ticket.id] = Foretold(seconds: seconds, at: now)
        }
        waiting[ticket.id] = ticket
        scheduler.add(ticket, at: QueuePosition(topic: "t", partition: 0, offset: Int64(number)))
    }

    private mutating func finish(_ index: Int) {
        let job = running.remove(at: index)
        now = job.end
        endings.append((now, job.end - job.start))
        guard let foretold = foretold.removeValue(forKey: job.id) else { return }
        let actual = now - foretold.at
        errors.append(abs(foretold.seconds - actual) / actual)
    }

    private mutating func startJobs() {
        for job in scheduler.next(slots - running.count) {
            waiting[job.ticket.id] = nil
            running.append((job.ticket.id, now, now + Double.random(in: duration, using: &random)))
        }
    }

    /// What the store would read from its tables.
    private func forecast() -> QueueForecast {
        let groups = Dictionary(grouping: waiting.values) { [$0.client, String($0.priority.value)] }
        let lines = groups.values.compactMap { group -> QueueLine? in
            guard let first = group.first else { return nil }
            var line = QueueLine(client: first.client, priority: first.priority)
            let moments = group.map(\.createdAt).sorted()
            for (index, moment) in moments.enumerated() { line.add(rank: index + 1, createdAt: moment) }
            return line
        }
        let latest = endings.suffix(500).reversed().map { ServicePace.Ending(age: now - $0.at, duration: $0.duration) }
        let recent = arrivals.filter { $0.at > now - 60 }.map(\.ticket)
        let kinds = Dictionary(grouping: recent) { [$0.client, String($0.priority.value)] }
        let rates = kinds.values.map {
            ServicePace.Arrivals(client: $0[0].client, priority: $0[0].priority, rate: Double($0.count) / 60)
        }
        return QueueForecast(
            lines: lines, pace: ServicePace(endings: latest, slots: slots, arrivals: rates), ageing: Self.ageing,
            asOf: moment(now))
    }

    private func moment(_ seconds: Double) -> WallTime { WallTime(microseconds: Int64(seconds * 1_000_000)) }
}

@Suite("Forecast under a steady load, simulated")
struct ForecastSimulationTests {
    @Test(
        "the median error of the remaining time is a quarter at most", arguments: UInt64(0)..<3, [1, 4, 10])
    func steady(seed: UInt64, slots: Int) throws {
        // Together a little more than the slots can do, so that there is a queue, of one client above all.
        let capacity = Double(slots) / 2
        var load = Load(
            seed: seed, slots: slots, duration: 1.5...2.5,
            [
                ("heavy", capacity * 0.8), ("middle", capacity * 0.2), ("light", capacity * 0.05),
                ("other", capacity * 0.05),
            ])
        load.run(for: Double(2_000 / slots), warmUp: 60)
        let errors = load.errors.sorted()
        try #require(errors.count > 50)
        #expect(errors[errors.count / 2] <= 0.25)
        print("slots \(slots): median error \(errors[errors.count / 2]), 90 %: \(errors[errors.count * 9 / 10])")
    }
}
