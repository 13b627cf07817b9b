import Domain
import EventLoop
import Telemetry
import TestSupport
import Worker

/// A worker between fakes.
struct WorkerBench: Sendable {
    let ledger = MemoryLedger()
    let queue = MemoryQueue()
    let model: ScriptedModel
    let source: ScriptedSource
    var configuration = WorkerConfiguration(owner: "test")
    var capacity: (any WorkCapacity)?
    var spans = SpanQueue.disabled
    /// Pipelines run on so many loops; the worker lives on the first.
    var loopCount = 1

    init(_ model: ScriptedModel, _ deliveries: [JobDelivery]) {
        self.model = model
        source = ScriptedSource(deliveries)
        // What a busy machine gives back does not come again: these fakes have no relay.
        configuration.slotPatience = .seconds(60)
    }

    /// Runs the worker and its lease keeper while `body` looks on.
    func run(_ body: @escaping @Sendable (WorkerBench, LoopBound<Worker>) async throws -> Void) async throws {
        try await onLoops(loopCount) { group in
            let loop = group.loops[0]
            let worker = Worker(
                on: loop, configuration: configuration, ledger: ledger, queue: queue, source: source,
                pipeline: JobPipeline(models: model, prompts: testPrompts, tokenBudget: 8192),
                pipelineLoops: group.loops, capacity: capacity, relaySignal: Signal(on: loop),
                logger: try quietLogger(), spans: spans)
            let bound = LoopBound(worker, to: loop)
            let intake = loop.spawn { await bound.value.takeJobs() }
            let running = loop.spawn { await bound.value.runJobs() }
            let leases = loop.spawn { await bound.value.keepLeases() }
            let result: Result<Void, any Error>
            do {
                try await body(self, bound)
                result = .success(())
            } catch {
                result = .failure(error)
            }
            intake.cancel()
            leases.cancel()
            bound.value.stopJobs()
            _ = await intake.result
            _ = await running.result
            _ = await leases.result
            try result.get()
        }
    }

    func acknowledged(_ count: Int, on loop: EventLoop) async throws -> Bool {
        try await eventually(on: loop) { source.acknowledged.withLock { $0.count } == count }
    }
}
