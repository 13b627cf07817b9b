import Domain
import EventLoop
import JSON
import Telemetry

/// One held job, from its claim to the stored end.
extension Worker {
    func perform(_ claimed: ClaimedJob, heldUntil: MonotonicTime, in slot: Slot) async {
        let started = MonotonicTime.now
        // Each try is a span of its own, and what is done for it is caused by that.
        var job = claimed
        job.input.trace = claimed.input.trace?.child()
        metrics.began(job)
        let runningJob = begin(job.lease, heldUntil)
        let timeLeft = max(configuration.maximumProcessingTime - job.timeSpent, .zero)
        let timer = loop.schedule(after: timeLeft) { runningJob.stop(.tooLong) }
        let outcome = await run(job, runningJob, timeLeft, slot)
        loop.cancel(timer)
        let bytes = outcome.bytes
        unstoredCount += 1
        unstoredBytes += bytes
        // Else the slot stays occupied until this end is stored.
        if hasRoomForEnds { slot.vacate() }
        record(outcome, job, causedBy: claimed.input.trace, started)
        if case .ended(.completed) = outcome {} else { backlog.didRelease(job.lease.id) }
        switch outcome {
        case .ended(.failed(let failure)): await settle(failure, job, started)
        case .ended(let end): await store(end, job, started)
        case .stopped(.leaseLost, _), .stopped(.cancelled, _): break
        case .stopped(.shutdown, _), .stopped(.noSlot, _): await handBack(job.lease)
        case .stopped(.tooLong, let spent):
            let limit = Int(configuration.maximumProcessingTime.inSeconds)
            let failure = JobFailure(.timeout, "Запрос не выполнен за \(limit) с", isRetryable: true, tokens: spent)
            await store(.failed(failure), job, started)
        }
        end(runningJob)
        unstoredCount -= 1
        unstoredBytes -= bytes
    }

    /// A job can come back while an earlier hold of ours on it still runs: its lease ran out while the database was
    /// away. What the earlier one makes would be refused, so it stops here and now.
    private func begin(_ lease: JobLease, _ heldUntil: MonotonicTime) -> RunningJob {
        let job = RunningJob(lease, heldUntil: heldUntil)
        running.updateValue(job, forKey: lease.id)?.stop(.leaseLost)
        if isStopping { job.stop(.shutdown) }
        return job
    }

    /// The place may be a later hold's by now, which has to be kept alive.
    private func end(_ job: RunningJob) {
        if running[job.lease.id] === job { running[job.lease.id] = nil }
    }

    /// The try as a span of the job's trace.
    private func record(
        _ outcome: Outcome, _ job: ClaimedJob, causedBy cause: TraceContext?, _ started: MonotonicTime
    ) {
        guard spans.isEnabled, let trace = job.input.trace else { return }
        let failure: String? =
            switch outcome {
            case .ended(.completed): nil
            case .ended(.failed(let failure)): failure.failureClass.rawValue
            case .stopped(let reason, _): "\(reason)"
            }
        spans.add(
            Span(
                "job", .consumer, trace, parentSpanID: cause?.spanID, duration: .now - started,
                attributes: [
                    ("gigaoffice.job.id", .text("\(job.lease.id)")), ("gigaoffice.job.attempt", .integer(job.attempt)),
                    ("gigaoffice.job.category", .text(job.input.category ?? "none")),
                ], failure: failure))
    }

    private enum Outcome: Sendable {
        case ended(JobEnd)
        /// And what was paid for by then.
        case stopped(StopReason, spent: TokenUsage)

        /// What its answer takes.
        var bytes: Int {
            if case .ended(.completed(let output)) = self { output.bytes } else { 0 }
        }
    }

    /// Runs the pipeline as soon as there is a slot, in a task of its own on a loop that has time, and waits meanwhile
    /// for its end or for a reason to stop it.
    private func run(
        _ job: ClaimedJob, _ runningJob: RunningJob, _ timeLeft: Duration, _ slot: Slot
    ) async -> Outcome {
        let start = MonotonicTime.now
        guard await occupy(slot, for: runningJob) else {
            let reason = await runningJob.waitForStop() ?? .noSlot
            runningJob.end()
            return .stopped(reason, spent: TokenUsage())
        }
        let timeLeft = max(timeLeft - (.now - start), .zero)
        let bound = LoopBound((worker: self, job: runningJob), to: loop)
        let pipeline = pipeline
        let (share, pipelineLoop) = loopShares.take()
        defer { loopShares.giveBack(share) }
        return await withTaskGroup(of: JobEnd.self) { group in
            let isWhole = job.dataBytesLeft == 0
            group.addTask(executorPreference: isWhole ? pipelineLoop : loop) {
                defer { bound.loop.execute { bound.value.job.end() } }
                do throws(JobFailure) {
                    if isWhole { return .completed(try await pipeline.run(job, timeLeft: timeLeft)) }
                    return .completed(try await bound.value.worker.fetchAndRun(job, timeLeft, on: pipelineLoop))
                } catch {
                    return .failed(error)
                }
            }
            let reason = await runningJob.waitForStop()
            if reason != nil { group.cancelAll() }
            guard let end = await group.next() else { preconditionFailure("a pipeline has an end") }
            // One that was stopped says what it has spent.
            return reason.map { .stopped($0, spent: end.tokens) } ?? .ended(end)
        }
    }

    /// Runs the pipeline as soon as there is room for the data of the job, which have not come with the claim.
    private func fetchAndRun(
        _ job: ClaimedJob, _ timeLeft: Duration, on pipelineLoop: EventLoop
    ) async throws(JobFailure) -> JobOutput {
        let start = MonotonicTime.now
        guard await dataRoom.acquire(job.dataBytesLeft, on: loop) else { throw .stopped }
        defer { dataRoom.release(job.dataBytesLeft) }
        var whole = job
        whole.input.data = try await data(of: job)
        let (pipeline, timeLeft) = (pipeline, max(timeLeft - (.now - start), .zero))
        return try await withTaskExecutorPreference(pipelineLoop) { [whole] () throws(JobFailure) in
            try await pipeline.run(whole, timeLeft: timeLeft)
        }
    }

    /// Jobs are claimed ahead for slots that will be free in a moment. Should that moment last, the job goes back to
    /// where others can have it.
    private func occupy(_ slot: Slot, for runningJob: RunningJob) async -> Bool {
        if slot.occupyNow() { return true }
        let timer = loop.schedule(after: configuration.slotPatience) { runningJob.stop(.noSlot) }
        defer { loop.cancel(timer) }
        return await slot.occupy(for: runningJob)
    }

    /// Tries until the database has answered, or the job is stopped.
    private func data(of job: ClaimedJob) async throws(JobFailure) -> JSONText {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(2))
        while true {
            do throws(StoreError) {
                guard let data = try await ledger.data(of: job.lease.id) else { throw StoreError.rejected("no data") }
                return data
            } catch .rejected(let reason) {
                logger.with(traced(job)).error("a job's stored data cannot be read", ["reason": "\(reason)"])
                throw .unreadable
            } catch {
                logger.with(traced(job)).warning("a job's data cannot be read yet", ["reason": "\(error)"])
                guard await pause(trouble.next()) else { throw .stopped }
            }
        }
    }

    /// Puts the job off when its failure may pass, and ends it otherwise.
    private func settle(_ failure: JobFailure, _ job: ClaimedJob, _ started: MonotonicTime) async {
        let retry = configuration.retries.retry(
            after: failure, attempt: job.attempt, timeSpent: job.timeSpent + (MonotonicTime.now - started),
            limit: configuration.maximumProcessingTime, chance: .random(in: 0...1))
        guard let retry else { return await store(.failed(failure), job, started) }
        let change = await insist(job) { () throws(StoreError) in
            try await self.ledger.retryLater(job.lease, retry)
        }
        switch change {
        case .made(let isStored): report(retry, job, started, isStored: isStored)
        case .refused: await store(.failed(failure), job, started)
        case .givenUp: break
        }
    }

    private func store(_ end: JobEnd, _ job: ClaimedJob, _ started: MonotonicTime) async {
        let change = await insist(job) { () throws(StoreError) in try await self.ledger.finish(job.lease, end) }
        switch change {
        case .made(let isStored):
            report(end, job, started, isStored: isStored)
            if isStored { relaySignal.ring() }
        case .refused:
            guard case .completed(let output) = end else { return }
            let failure = JobFailure(.internal, "Ответ модели не удалось сохранить", tokens: output.tokens)
            await store(.failed(failure), job, started)
        case .givenUp: break
        }
    }

    private enum Change {
        /// The database has answered: whether the hold was still ours.
        case made(Bool)
        case refused
        /// The worker stops; the lease runs out by itself.
        case givenUp
    }

    /// Stores what came of a job, trying as long as the worker runs: the answer was paid for.
    private func insist(_ job: ClaimedJob, _ change: () async throws(StoreError) -> Bool) async -> Change {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(2))
        while true {
            do throws(StoreError) {
                return .made(try await change())
            } catch .rejected(let reason) {
                logger.with(traced(job)).error("the database refused a result", ["reason": "\(reason)"])
                return .refused
            } catch {
                logger.with(traced(job)).warning("a result could not be stored yet", ["reason": "\(error)"])
                guard !isStopping, await pause(trouble.next()) else { return .givenUp }
            }
        }
    }

    private func traced(_ job: ClaimedJob) -> Logger.Fields {
        ["job": "\(job.lease.id)", "trace_id": .text(job.input.trace?.traceID ?? "none")]
    }

    /// The log with what is told of every outcome.
    private func journal(_ job: ClaimedJob, _ started: MonotonicTime) -> Logger {
        logger.with(traced(job)).with([
            "attempt": .integer(job.attempt), "seconds": .number((MonotonicTime.now - started).inSeconds),
        ])
    }

    private func report(_ retry: ScheduledRetry, _ job: ClaimedJob, _ started: MonotonicTime, isStored: Bool) {
        let journal = journal(job, started)
        guard isStored else { return journal.warning("a late result was refused") }
        metrics.willRetry(retry, job, after: .now - started)
        journal.warning(
            "job will be tried again",
            [
                "class": .text(retry.failure.failureClass.rawValue), "reason": .text(retry.failure.message),
                "pause": .number(retry.pause.inSeconds),
            ])
    }

    private func report(_ end: JobEnd, _ job: ClaimedJob, _ started: MonotonicTime, isStored: Bool) {
        let journal = journal(job, started)
        guard isStored else { return journal.warning("a late result was refused") }
        metrics.ended(end, job, after: .now - started)
        switch end {
        case .completed(let output):
            journal.info(
                "job completed",
                [
                    "provider": .text(output.provider), "model": .text(output.model),
                    "category": .text(output.category),
                    "tokens": .integer(output.tokens.total),
                ])
        case .failed(let failure):
            journal.warning(
                "job failed", ["class": .text(failure.failureClass.rawValue), "reason": .text(failure.message)])
        }
    }

    private func handBack(_ lease: JobLease) async {
        do throws(StoreError) {
            try await ledger.handBack([lease])
        } catch {
            // The lease runs out and another worker takes the job then.
            logger.warning("a job could not be handed back", ["job": "\(lease.id)", "reason": "\(error)"])
        }
    }
}

extension JobFailure {
    /// Nobody hears of it: why the job was stopped counts.
    fileprivate static let stopped = JobFailure(.internal, "Запрос остановлен")

    /// Of a job whose stored form cannot be read.
    static let unreadable = JobFailure(.internal, "Сохранённый запрос не читается")
}
