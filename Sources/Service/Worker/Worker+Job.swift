import Domain
import EventLoop
import Telemetry

/// One held job, from its claim to the stored end.
extension Worker {
    func perform(_ job: ClaimedJob) async {
        let started = MonotonicTime.now
        let runningJob = begin(job.lease)
        let timer = loop.schedule(after: configuration.maximumProcessingTime) { runningJob.stop(.tooLong) }
        let outcome = await run(job, runningJob)
        loop.cancel(timer)
        switch outcome {
        case .ended(let end): await store(end, job, started)
        case .stopped(.leaseLost), .stopped(.cancelled): break
        case .stopped(.shutdown): await handBack(job.lease)
        case .stopped(.tooLong):
            let limit = Int(configuration.maximumProcessingTime.inSeconds)
            let failure = JobFailure(.timeout, "Запрос не выполнен за \(limit) с", isRetryable: true)
            await store(.failed(failure), job, started)
        }
        end(runningJob)
    }

    /// A job can come back while an earlier hold of ours on it still runs: its lease ran out while the database was
    /// away. What the earlier one makes would be refused, so it stops here and now.
    private func begin(_ lease: JobLease) -> RunningJob {
        let job = RunningJob(lease)
        running.updateValue(job, forKey: lease.id)?.stop(.leaseLost)
        if isStopping { job.stop(.shutdown) }
        return job
    }

    /// The place may be a later hold's by now, which has to be kept alive.
    private func end(_ job: RunningJob) {
        if running[job.lease.id] === job { running[job.lease.id] = nil }
    }

    private enum Outcome: Sendable {
        case ended(JobEnd)
        case stopped(StopReason)
    }

    /// Runs the pipeline beside a task that waits for a reason to stop it.
    private func run(_ job: ClaimedJob, _ runningJob: RunningJob) async -> Outcome {
        let bound = LoopBound(runningJob, to: loop)
        let pipeline = pipeline
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask(executorPreference: loop) {
                do throws(JobFailure) {
                    return .ended(.completed(try await pipeline.run(job.input)))
                } catch {
                    return .ended(.failed(error))
                }
            }
            group.addTask(executorPreference: loop) {
                await bound.value.waitForStop().map(Outcome.stopped)
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            runningJob.end()
            return first ?? .stopped(.leaseLost)
        }
    }

    /// Stores the end, trying as long as the hold is ours: the answer was paid for.
    private func store(_ end: JobEnd, _ job: ClaimedJob, _ started: MonotonicTime) async {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(2))
        while true {
            do throws(StoreError) {
                let isStored = try await ledger.finish(job.lease, end)
                report(end, job, started, isStored: isStored)
                if isStored { relaySignal.ring() }
                return
            } catch .rejected(let reason) {
                logger.error("the database refused a result", ["job": "\(job.lease.id)", "reason": "\(reason)"])
                guard case .completed = end else { return }
                let failure = JobFailure(.internal, "Ответ модели не удалось сохранить")
                return await store(.failed(failure), job, started)
            } catch {
                logger.warning(
                    "a result could not be stored yet", ["job": "\(job.lease.id)", "reason": "\(error)"])
                guard !isStopping, await pause(trouble.next()) else { return }
            }
        }
    }

    private func report(_ end: JobEnd, _ job: ClaimedJob, _ started: MonotonicTime, isStored: Bool) {
        let job = logger.with([
            "job": "\(job.lease.id)", "attempt": .integer(job.attempt),
            "seconds": .number((MonotonicTime.now - started).inSeconds),
        ])
        guard isStored else { return job.warning("a late result was refused") }
        switch end {
        case .completed(let output):
            job.info(
                "job completed",
                [
                    "provider": .text(output.provider), "model": .text(output.model),
                    "category": .text(output.category),
                    "tokens": .integer(output.tokens.total),
                ])
        case .failed(let failure):
            job.warning(
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
