import Domain
import EventLoop
import Foundation
import Telemetry
import TestSupport
import Testing
import Worker

@Suite("Lost holds")
struct LostHoldTests {
    private func makeWorker(
        on loop: EventLoop, _ ledger: MemoryLedger, _ source: ScriptedSource, _ configuration: WorkerConfiguration,
        _ logger: Logger? = nil
    ) throws -> Worker {
        Worker(
            on: loop, configuration: configuration, ledger: ledger, queue: MemoryQueue(), source: source,
            pipeline: JobPipeline(models: ScriptedModel(.hang), prompts: testPrompts, tokenBudget: 8192),
            relaySignal: Signal(on: loop), logger: try logger ?? quietLogger())
    }

    @Test("a job that comes back to the worker that still runs it stops there, and the later hold is kept alive")
    func comesBack() async throws {
        try await onLoop { loop in
            let ledger = MemoryLedger()
            ledger.add(jobID(1))
            ledger.state.withLock { $0.holdsRunOut = true }
            let source = ScriptedSource([delivery(jobID(1), at: 1)])
            var configuration = WorkerConfiguration(owner: "test")
            configuration.heartbeat = .milliseconds(10)
            let worker = try makeWorker(on: loop, ledger, source, configuration)
            let bound = LoopBound(worker, to: loop)
            let tasks = [
                loop.spawn { await bound.value.takeJobs() }, loop.spawn { await bound.value.runJobs() },
                loop.spawn { await bound.value.keepLeases() },
            ]
            #expect(try await eventually(on: loop) { worker.runningCount == 1 })
            source.deliver([delivery(jobID(1), at: 2)])
            #expect(try await eventually(on: loop) { source.acknowledged.withLock { $0 } == [1] })
            let later = JobLease(id: jobID(1), token: FencingToken(2))
            let renewals = ledger.state.withLock { $0.renewals }
            #expect(try await eventually(on: loop) { ledger.state.withLock { $0.renewals > renewals } })
            #expect(ledger.state.withLock { $0.renewed } == [later])
            worker.stopJobs()
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
            #expect(ledger.state.withLock { $0.handedBack } == [later])
        }
    }

    @Test("a cancelled job stops without waiting for the heartbeat, and its message is acknowledged")
    func cancelled() async throws {
        try await onLoop { loop in
            let ledger = MemoryLedger()
            ledger.add(jobID(1))
            ledger.add(jobID(2))
            let source = ScriptedSource([delivery(jobID(1), at: 1), delivery(jobID(2), at: 2)])
            var configuration = WorkerConfiguration(owner: "test")
            configuration.heartbeat = .seconds(60)
            configuration.holdCheck = .milliseconds(5)
            let worker = try makeWorker(on: loop, ledger, source, configuration)
            let bound = LoopBound(worker, to: loop)
            let tasks = [
                loop.spawn { await bound.value.takeJobs() }, loop.spawn { await bound.value.runJobs() },
                loop.spawn { await bound.value.watchHolds() },
            ]
            #expect(try await eventually(on: loop) { worker.runningCount == 2 })
            ledger.state.withLock { $0.jobs[jobID(1)] = .cancelled }
            #expect(try await eventually(on: loop) { source.acknowledged.withLock { $0 } == [1] })
            #expect(worker.runningCount == 1)
            #expect(ledger.state.withLock { $0.ends.isEmpty })
            worker.stopJobs()
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
        }
    }

    @Test(
        "the heartbeat tells a cancelled job from one that was lost to another worker",
        arguments: [
            (JobState.cancelled, "a job was cancelled while it ran"), (.queued, "a job was lost to another worker"),
        ])
    func heartbeat(state: JobState, said: String) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "holds-\(UUID().uuidString).log")
        defer {
            do { try FileManager.default.removeItem(at: file) } catch { Issue.record(error) }
        }
        let sink = try LogSink(minimumLevel: .info, format: .json, file: file.path)
        try await onLoop { loop in
            let ledger = MemoryLedger()
            ledger.add(jobID(1))
            var configuration = WorkerConfiguration(owner: "test")
            configuration.heartbeat = .milliseconds(10)
            let source = ScriptedSource([delivery(jobID(1), at: 1)])
            let bound = LoopBound(try makeWorker(on: loop, ledger, source, configuration, Logger(sink)), to: loop)
            let tasks = [
                loop.spawn { await bound.value.takeJobs() }, loop.spawn { await bound.value.runJobs() },
                loop.spawn { await bound.value.keepLeases() },
            ]
            #expect(try await eventually(on: loop) { bound.value.runningCount == 1 })
            ledger.state.withLock { ledger in
                ledger.jobs[jobID(1)] = state
                ledger.losesLeases = true
            }
            #expect(try await eventually(on: loop) { bound.value.runningCount == 0 })
            bound.value.stopJobs()
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
        }
        sink.close()
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.filter { $0.contains("a job was") }.count == 1)
        #expect(lines.contains { $0.contains(said) })
    }

    @Test("a worker without jobs asks nobody whether they were cancelled")
    func idle() async throws {
        try await onLoop { loop in
            let ledger = MemoryLedger()
            var configuration = WorkerConfiguration(owner: "test")
            configuration.holdCheck = .milliseconds(1)
            let bound = LoopBound(try makeWorker(on: loop, ledger, ScriptedSource(), configuration), to: loop)
            let watch = loop.spawn { await bound.value.watchHolds() }
            try await loop.sleep(for: .milliseconds(50))
            watch.cancel()
            _ = await watch.result
            #expect(ledger.state.withLock { $0.holdChecks } == 0)
        }
    }

    @Test("jobs of a lost worker run at once, without their messages, and never more than there are slots")
    func rescue() async throws {
        try await onLoop { loop in
            let ledger = MemoryLedger()
            let ids = (1...5).map { jobID($0) }
            for id in ids { ledger.add(id) }
            ledger.state.withLock { $0.lost = ids }
            var configuration = WorkerConfiguration(owner: "test")
            configuration.concurrency = 2
            let model = ScriptedModel(answering: 5, after: .milliseconds(1))
            let worker = Worker(
                on: loop, configuration: configuration, ledger: ledger, queue: MemoryQueue(), source: ScriptedSource(),
                pipeline: JobPipeline(models: model, prompts: testPrompts, tokenBudget: 8192),
                relaySignal: Signal(on: loop), logger: try quietLogger())
            let bound = LoopBound(worker, to: loop)
            let tasks = [
                loop.spawn { await bound.value.takeJobs() }, loop.spawn { await bound.value.runJobs() },
                loop.spawn { await bound.value.recoverLostJobs() },
            ]
            #expect(try await eventually(on: loop) { ledger.state.withLock { $0.ends.count } == 5 })
            #expect(model.mostUnderWay <= 2)
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
        }
    }

    @Test("after an outage the living get the time of a lease before their jobs are given to others")
    func waitsAfterOutage() async throws {
        try await onLoop { loop in
            let ledger = MemoryLedger()
            ledger.state.withLock { $0.outages = 1 }
            var configuration = WorkerConfiguration(owner: "test")
            configuration.lease = .milliseconds(100)
            configuration.recoveryInterval = .milliseconds(1)
            let worker = try makeWorker(on: loop, ledger, ScriptedSource(), configuration)
            let bound = LoopBound(worker, to: loop)
            let recovery = loop.spawn { await bound.value.recoverLostJobs() }
            #expect(try await eventually(on: loop) { ledger.state.withLock { $0.recoveries.count > 1 } })
            recovery.cancel()
            _ = await recovery.result
            let times = ledger.state.withLock { $0.recoveries }
            #expect(times[1] - times[0] >= configuration.lease)
        }
    }
}
