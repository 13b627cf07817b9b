import EventLoop
import Foundation
import JSON
import TestSupport

/// One campaign: load and faults side by side, then peace, then the comparison.
struct Campaign: Sendable {
    private let settings: CampaignSettings
    private let journal: Journal
    private let loop: EventLoop
    private let resolver: BlockingThread
    /// What everything may take to come to rest after the last fault.
    private static let settlingTime = Duration.seconds(120)

    /// Runs a campaign and returns what came of it.
    static func run(_ settings: CampaignSettings) async throws -> Report {
        let group = try EventLoopGroup(count: 1, namePrefix: "chaos")
        let resolver = try BlockingThread(name: "chaos-block")
        defer {
            resolver.shutdown()
            group.shutdown()
        }
        let journal = try Journal(path: settings.folder + "/journal.jsonl")
        return try await Campaign(
            settings: settings, journal: journal, loop: group.loops[0], resolver: resolver
        ).run()
    }

    private init(settings: CampaignSettings, journal: Journal, loop: EventLoop, resolver: BlockingThread) {
        self.settings = settings
        self.journal = journal
        self.loop = loop
        self.resolver = resolver
    }

    private func run() async throws -> Report {
        let cast = try await Cast.start(settings, on: loop, resolver: resolver)
        let injector = FaultInjector(cast, journal: journal)
        try await play(cast, injector)
        let faultTime = journal.elapsed
        let stops = try await cast.stop()
        journal.add("stopped", []) { $0.crashes += stops }
        let refused = try await takeStock(cast)
        await cast.broker.process?.program?.process.stop()
        let history = journal.history
        return Report(
            settings: settings, faults: injector.counts, duration: faultTime, refusedResults: refused,
            history: history, violations: Checker(history).violations())
    }

    /// Load and faults; returns when all is at rest, or should be.
    private func play(_ cast: Cast, _ injector: FaultInjector) async throws {
        let numbers = NumberSequence()
        let isOver = Lock(false)
        let load = LoadClient(ports: cast.ports, settings: settings, numbers: numbers, journal: journal)
        let outside = OutsideApplication(cast.broker, settings, numbers: numbers, journal: journal)
        try await withThrowingTaskGroup { group in
            group.addTask { await load.run { isOver.withLock { $0 } } }
            group.addTask { await outside.run { isOver.withLock { $0 } } }
            group.addTask { try await cast.supervise(journal) }
            try await Task.sleep(for: .seconds(5))
            try await injector.run(FaultPlan(seed: settings.seed, faults: faults(of: cast)), count: settings.faults)
            isOver.withLock { $0 = true }
            journal.note("peace")
            try await settle(cast, outside)
            group.cancelAll()
            do {
                try await group.waitForAll()
            } catch is CancellationError {
                // They were asked to end.
            }
        }
    }

    private func faults(of cast: Cast) -> [Fault] {
        (settings.kinds.isEmpty ? Fault.allCases : settings.kinds).filter { fault in
            switch fault {
            case .killBroker, .pauseBroker: cast.broker.process != nil
            case .cutBroker: cast.broker.canBeCut
            default: true
            }
        }
    }

    /// Waits until nothing is left to do, and then for the responses on their way to us.
    private func settle(_ cast: Cast, _ outside: OutsideApplication) async throws {
        let deadline = ContinuousClock.now + Self.settlingTime
        let unfinished = """
            SELECT (SELECT count(*) FROM ai_requests WHERE status IN ('pending', 'queued', 'processing')) AS jobs,
                (SELECT count(*) FROM outbox) AS entries
            """
        var calm = 0
        while ContinuousClock.now < deadline {
            let row = try await cast.database.rows(unfinished).first
            let isCalm = row?["jobs"] == 0 && row?["entries"] == 0 && outside.hasCaughtUp
            calm = isCalm ? calm + 1 : 0
            // Twice over the time in which a message of a frozen producer may still arrive.
            if calm >= 5 { break }
            try await Task.sleep(for: .seconds(1))
        }
        journal.note("settled", [("calm", .bool(calm >= 5))])
        try await awaitResponses(cast, outside)
    }

    private func awaitResponses(_ cast: Cast, _ outside: OutsideApplication) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        let since = journal.history.brokerForgotAt ?? 0
        let ended = try await cast.database.rows(
            "SELECT id FROM ai_requests WHERE completed_at > to_timestamp(\(since))")
        let expected = Set(ended.compactMap { $0["id"]?.stringValue })
        while !expected.isSubset(of: outside.answered), ContinuousClock.now < limit {
            try await Task.sleep(for: .milliseconds(200))
        }
        // The same for dead letters, which nothing announces.
        try await Task.sleep(for: .seconds(2))
    }

    /// Reads what is stored and logged; returns how many late results were refused.
    private func takeStock(_ cast: Cast) async throws -> Int {
        let jobs = try await cast.database.jobs()
        let outbox = try await cast.database.rows("SELECT * FROM outbox ORDER BY sequence LIMIT 100")
        let ends = try cast.storedEnds()
        journal.add("taken stock", [("jobs", .integer(jobs.count))]) { history in
            history.jobs = jobs
            history.outbox = outbox.map(\.description)
            history.storedEnds = ends.filter { !$0.refused }.map(\.job)
        }
        return ends.count { $0.refused }
    }
}
