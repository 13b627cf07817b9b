import Domain
import EventLoop
import Telemetry

/// From a job's turn to its claim and the acknowledgement of its messages.
extension Worker {
    /// A job that a slot was given to.
    struct StartedJob {
        enum Content {
            case readable(ClaimedJob)
            /// What is stored cannot be read.
            case unreadable(JobLease)
        }

        let content: Content
        let positions: [QueuePosition]
        /// When its lease runs out unless it is extended; counted from before the database was asked.
        let heldUntil: MonotonicTime
    }

    /// Takes those of the jobs that still wait. The others need no further delivery.
    func claim(_ waiting: [NextJob]) async -> [StartedJob] {
        guard let (outcomes, heldUntil) = await claimInsistently(waiting.map(\.id)) else { return [] }
        var started: [StartedJob] = []
        for job in waiting {
            switch outcomes[job.id] {
            case .claimed(let claimed):
                started.append(start(job, .readable(claimed), heldUntil))
            case .unreadable(let lease, let reason):
                logger.error("a stored job cannot be read", ["job": "\(lease.id)", "reason": "\(reason)"])
                started.append(start(job, .unreadable(lease), heldUntil))
            case .notWaiting:
                backlog.refund(job)
                acknowledge(job.positions)
            case .unknown, nil:
                backlog.refund(job)
                let key = Array(job.id.description.utf8)
                for position in job.positions {
                    putAside(JobDelivery(position: position, key: key, value: nil), "the database has no such job")
                }
            }
        }
        return started
    }

    private func start(_ job: NextJob, _ content: StartedJob.Content, _ heldUntil: MonotonicTime) -> StartedJob {
        let positions = job.positions.isEmpty ? backlog.didBegin(job.id) : job.positions
        return StartedJob(content: content, positions: positions, heldUntil: heldUntil)
    }

    /// Tries until the database has answered, or nil when the worker stops first.
    private func claimInsistently(
        _ ids: [JobID]
    ) async -> (outcomes: [JobID: ClaimOutcome], heldUntil: MonotonicTime)? {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(2))
        while !isStopping, !Task.isCancelled {
            do throws(StoreError) {
                let heldUntil = MonotonicTime.now + configuration.lease
                return (
                    try await ledger.claim(ids, owner: configuration.owner, lease: configuration.lease), heldUntil
                )
            } catch {
                // A refusal is no job's fault either, since all that is asked for is ids.
                logger.warning("jobs cannot be claimed", ["count": .integer(ids.count), "reason": "\(error)"])
                await pause(trouble.next())
            }
        }
        return nil
    }

    /// Does the job and acknowledges its messages.
    func run(_ job: StartedJob, in slot: Slot) async {
        switch job.content {
        case .readable(let claimed): await perform(claimed, heldUntil: job.heldUntil, in: slot)
        case .unreadable(let lease): await giveUp(lease)
        }
        acknowledge(job.positions)
    }

    private func giveUp(_ lease: JobLease) async {
        do throws(StoreError) {
            if try await ledger.finish(lease, .failed(.unreadable)) { relaySignal.ring() }
        } catch {
            // The lease runs out and the job comes again.
            logger.warning("a job could not be ended", ["job": "\(lease.id)", "reason": "\(error)"])
        }
    }

    func acknowledge(_ positions: [QueuePosition]) {
        // A worker that is on its way out leaves what it has not finished for the next one.
        guard !isStopping else { return }
        for position in positions { source.acknowledge(position) }
    }
}
