import EventLoop
import Foundation
import Glibc
import JSON
import TestSupport

/// Does what the plan says, several faults at a time, and undoes each.
final class FaultInjector: Sendable {
    private let cast: Cast
    private let journal: Journal
    private let recovery: RecoveryWatch
    private let state = Lock(State())
    /// Faults at a time; more than one of a kind of thing may be broken then, but rarely everything.
    private static let most = 3
    /// What a measured kill needs of the others: long enough up to have a part of the partitions.
    private static let settled = Duration.seconds(8)

    private struct State {
        var broken: Set<String> = []
        var counts: [Fault: Int] = [:]
    }

    init(_ cast: Cast, journal: Journal) {
        self.cast = cast
        self.journal = journal
        recovery = RecoveryWatch(database: cast.database, journal: journal)
    }

    /// How often each fault has been inflicted.
    var counts: [Fault: Int] { state.withLock { $0.counts } }

    /// Inflicts `count` faults of the plan and returns when all are undone.
    func run(_ plan: FaultPlan, count: Int) async throws {
        try await withThrowingTaskGroup { group in
            var inflicted = 0
            for step in plan {
                guard inflicted < count else { break }
                guard try await makeRoom(for: step) else { continue }
                inflicted += 1
                let subject = step.fault.subject(step.index)
                state.withLock { state in
                    state.broken.insert(subject)
                    state.counts[step.fault, default: 0] += 1
                }
                if step.isAlone {
                    try await perform(step, subject)
                } else {
                    group.addTask { try await self.perform(step, subject) }
                }
                try await Task.sleep(for: step.gap)
            }
            try await group.waitForAll()
        }
    }

    /// Waits until the step may be done; false when its subject stays broken for too long to wait for it.
    private func makeRoom(for step: FaultPlan.Step) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let broken = state.withLock { $0.broken }
            if step.isAlone {
                if broken.isEmpty, cast.workers.allSatisfy({ $0.uptime ?? .zero > Self.settled }) { return true }
            } else {
                if broken.contains(step.fault.subject(step.index)) { return false }
                if broken.count < Self.most { return true }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return !step.isAlone
    }

    private func perform(_ step: FaultPlan.Step, _ subject: String) async throws {
        journal.note(
            "fault",
            [
                ("fault", .string(step.fault.rawValue)), ("subject", .string(subject)),
                ("seconds", JSONValue(step.hold / .seconds(1))), ("alone", .bool(step.isAlone)),
            ])
        try await inflict(step)
        journal.note("fault is over", [("fault", .string(step.fault.rawValue)), ("subject", .string(subject))])
        _ = state.withLock { $0.broken.remove(subject) }
    }

    private func inflict(_ step: FaultPlan.Step) async throws {
        switch step.fault {
        case .killAPI: try await kill(cast.apis[step.index - 1], step)
        case .killWorker: try await kill(cast.workers[step.index - 1], step)
        case .killDatabase:
            try await cast.database.kill(step.index == 1 ? SIGKILL : SIGQUIT)
            try await Task.sleep(for: step.hold)
            try await cast.database.start()
        case .killBroker:
            try await cast.broker.process?.kill()
            try await Task.sleep(for: step.hold)
            try await cast.restartBroker(journal)
        case .pauseAPI: try await pause(cast.apis[step.index - 1], step)
        case .pauseWorker: try await pause(cast.workers[step.index - 1], step)
        case .pauseBroker:
            guard let process = cast.broker.process else { return }
            try await pause(process, step)
        case .cutBroker:
            await cast.broker.cut()
            try await Task.sleep(for: step.hold)
            await cast.broker.restore()
        case .restartAPI: try await restart(cast.apis[step.index - 1], step)
        case .restartWorker: try await restart(cast.workers[step.index - 1], step)
        }
    }

    private func kill(_ process: SupervisedProcess, _ step: FaultPlan.Step) async throws {
        let pid = process.program?.process.pid ?? 0
        try await process.kill()
        try await withThrowingTaskGroup { group in
            if step.isAlone { group.addTask { try await self.recovery.watch(pid: pid) } }
            group.addTask {
                try await Task.sleep(for: step.hold)
                try process.start()
            }
            try await group.waitForAll()
        }
    }

    private func pause(_ process: SupervisedProcess, _ step: FaultPlan.Step) async throws {
        process.send(SIGSTOP)
        try await Task.sleep(for: step.hold)
        process.send(SIGCONT)
    }

    private func restart(_ process: SupervisedProcess, _ step: FaultPlan.Step) async throws {
        if let text = try await process.stop() {
            journal.add("bad end", [("detail", .string(text))]) { $0.crashes.append(text) }
        }
        try await Task.sleep(for: step.hold)
        try process.start()
    }
}
