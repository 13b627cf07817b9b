public import Domain
public import EventLoop
public import Telemetry

/// Takes jobs from the queue, has each done under a lease, and stores what comes of it.
///
/// It reads far ahead, since which job goes next is not the queue's to say: tickets wait in the backlog, and whoever's
/// turn it is gets the next free slot.
///
/// A message is acknowledged only when its job needs no further delivery: its end is stored, or someone else holds
/// it, or it is in the dead letter topic. Lives on one loop; the pipeline of each job runs on one of several.
public final class Worker {
    let loop: EventLoop
    let configuration: WorkerConfiguration
    let ledger: any JobLedger
    let queue: any JobQueue
    let source: any JobSource
    let pipeline: JobPipeline
    let relaySignal: Signal
    let logger: Logger
    let metrics: WorkerMetrics
    let spans: SpanQueue
    let decoder = MessageDecoder()
    var running: [JobID: RunningJob] = [:]
    var backlog: Backlog
    /// Rings when there is something to do: a job or a message has come, or a slot is free.
    let work: Signal
    /// Where pipelines run.
    var loopShares: LoopShares
    private let capacity: (any WorkCapacity)?
    private let slots: WeightedSemaphore
    /// Jobs that have begun and are not done with the model; not all of them have a slot yet.
    private var begunCount = 0
    private var vacancies = Vacancies()
    /// Jobs that are done with the model and whose ends are being stored.
    var unstoredCount = 0
    /// What the answers among these take.
    var unstoredBytes = 0
    /// Whether more ends may come before some of these are stored.
    var hasRoomForEnds: Bool { unstoredBytes < configuration.dataBytes && unstoredCount < maximumUnstored }
    /// For the data of the jobs that are being done.
    let dataRoom: WeightedSemaphore
    private var maximumUnstored: Int { max(Self.leastUnstored, 4 * configuration.concurrency) }
    private(set) var isClosed = false
    private(set) var isStopping = false
    /// Ends that may wait to be stored, however few slots there are: where a model answers at once, many come while
    /// others are on their way to the disk.
    private static let leastUnstored = 256
    /// What messages that are to be put aside may take while the dead letter topic takes none.
    private static let maximumUnusableBytes = 64 << 20

    /// A worker on `loop`, which must be the caller's. With `capacity` it begins no more jobs than that has room for.
    /// Pipelines run on those of `pipelineLoops` that are not the worker's own, which has enough to do; on that where
    /// there are no others.
    public init(
        on loop: EventLoop, configuration: WorkerConfiguration, ledger: any JobLedger, queue: any JobQueue,
        source: any JobSource, pipeline: JobPipeline, pipelineLoops: [EventLoop] = [],
        capacity: (any WorkCapacity)? = nil, relaySignal: Signal, logger: Logger, metrics: WorkerMetrics = .disabled,
        spans: SpanQueue = .disabled
    ) {
        loop.preconditionInLoop()
        self.loop = loop
        self.configuration = configuration
        self.ledger = ledger
        self.queue = queue
        self.source = source
        self.pipeline = pipeline
        self.relaySignal = relaySignal
        self.logger = logger
        self.metrics = metrics
        self.spans = spans
        backlog = Backlog(
            window: configuration.window, maximumBytes: Self.maximumUnusableBytes, ageing: configuration.ageing,
            weights: configuration.weights)
        dataRoom = WeightedSemaphore(configuration.dataBytes)
        work = Signal(on: loop)
        let others = pipelineLoops.filter { $0 !== loop }
        loopShares = LoopShares(others.isEmpty ? [loop] : others)
        self.capacity = capacity
        slots = WeightedSemaphore(configuration.concurrency)
    }

    /// Number of jobs that this worker holds now.
    public var runningCount: Int { running.count }

    /// Takes jobs from the queue until the task is cancelled. `runJobs` does them: cancelling this task leaves the
    /// jobs that run alone, and those that wait to others.
    public func takeJobs() async {
        let bound = LoopBound(self, to: loop)
        source.onRevoked { bound.value.forget($0) }
        var trouble = Backoff(from: .milliseconds(200), to: .seconds(5))
        while !Task.isCancelled {
            do {
                await takeIn(try await source.next())
                trouble.reset()
            } catch {
                if Task.isCancelled { break }
                logger.error("no jobs come from the queue", ["reason": "\(error)"])
                await pause(trouble.next())
            }
        }
        source.onRevoked { _ in }
        isClosed = true
        work.ring()
    }

    private func forget(_ partitions: Set<Int32>) {
        backlog.forget(partitions)
        adjustFlow()
    }

    /// Does the jobs that `takeJobs` takes; returns when that has ended and the last job is over.
    ///
    /// One claim is under way at a time: slots that become free meanwhile are filled by the next one together, so the
    /// busier the worker, the fewer round trips a job costs.
    public func runJobs() async {
        let bound = LoopBound(self, to: loop)
        capacity?.onGrowth { bound.loop.execute { bound.value.work.ring() } }
        await withDiscardingTaskGroup { jobs in
            while !isClosed, !Task.isCancelled {
                for message in backlog.takeUnusable() {
                    jobs.addTask(executorPreference: loop) { await bound.value.bury(message) }
                }
                let waiting = backlog.next(room())
                adjustFlow()
                if waiting.isEmpty {
                    await work.wait()
                    continue
                }
                for job in await claim(waiting) {
                    begunCount += 1
                    jobs.addTask(executorPreference: loop) { await bound.value.occupySlot(with: job) }
                }
            }
        }
        _ = capacity?.room(wanting: 0)
    }

    /// How many jobs may be begun now. A job that could only wait for a slot at the model stays in the backlog, where
    /// whose turn it is can still change, but for the few that wait for moments: theirs is the next slot at once.
    private func room() -> Int {
        var slotCount = configuration.concurrency
        if let capacity {
            slotCount = min(slotCount, capacity.room(wanting: min(slotCount, begunCount + backlog.jobCount)))
        }
        return max(0, slotCount + vacancies.jobsAhead(of: slotCount) - begunCount)
    }

    /// A slot is for the model: while a job's end is being stored another may begin.
    private func occupySlot(with job: StartedJob) async {
        let slot = Slot(of: slots) { [self] in
            begunCount -= 1
            vacancies.note(at: .now)
            work.ring()
        }
        await run(job, in: slot)
        slot.vacate()
    }

    /// Asks the running jobs to stop; they go back into the queue.
    public func stopJobs() {
        isStopping = true
        for job in running.values { job.stop(.shutdown) }
    }

    /// Extends the holds and shows that the worker lives until the task is cancelled. A hold that could not be kept
    /// stops its job.
    public func keepLeases() async {
        repeat {
            await renewLeases()
            await announce()
        } while await pause(configuration.heartbeat)
    }

    private func renewLeases() async {
        let held = running.values.map(\.lease)
        let heldUntil = MonotonicTime.now + configuration.lease
        do throws(StoreError) {
            let kept = try await ledger.renew(held, lease: configuration.lease)
            for lease in kept where isHeld(lease) { running[lease.id]?.heldUntil = heldUntil }
            let lost = held.filter { !kept.contains($0) && isHeld($0) }
            guard !lost.isEmpty else { return }
            let states = try await ledger.endedHolds(among: lost)
            for lease in lost { release(lease, states[lease]) }
        } catch {
            logger.warning("leases could not be renewed", ["reason": "\(error)"])
        }
    }

    private func announce() async {
        do throws(StoreError) {
            try await ledger.announce(configuration.owner, slots: configuration.concurrency)
        } catch {
            logger.debug("the worker could not announce itself", ["reason": "\(error)"])
        }
    }

    /// Puts jobs of crashed workers back into the queue until the task is cancelled.
    public func recoverLostJobs() async {
        repeat {
            do throws(StoreError) {
                let recovered = try await ledger.recoverLost(limit: 500)
                report(recovered)
                backlog.rescue(recovered.requeued)
                work.ring()
            } catch {
                logger.warning("lost jobs cannot be looked for", ["reason": "\(error)"])
                // No hold could be extended either: their workers live and get the time to do it.
                guard await pause(configuration.lease) else { return }
            }
        } while await pause(configuration.recoveryInterval)
    }

    private func report(_ recovered: RecoveredJobs) {
        guard recovered.count > 0 else { return }
        metrics.lost.add(recovered.requeued.count)
        if !recovered.requeued.isEmpty {
            logger.notice("jobs of a lost worker run again", ["count": .integer(recovered.requeued.count)])
        }
        if recovered.failed > 0 {
            logger.error("jobs that were lost too often have failed", ["count": .integer(recovered.failed)])
        }
        relaySignal.ring()
    }

    /// False when the task was cancelled meanwhile.
    @discardableResult
    func pause(_ duration: Duration) async -> Bool {
        await loop.pause(for: duration)
    }
}
