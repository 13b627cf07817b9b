import Domain
import EventLoop
import Telemetry

/// Hears of jobs that are taken away from this worker sooner than by the heartbeat.
extension Worker {
    /// Stops the model calls of jobs that were cancelled, or that another worker has now, until the task is cancelled.
    /// Asks the database only while there are jobs, once for all of them.
    public func watchHolds() async {
        while await pause(configuration.holdCheck) {
            let held = running.values.filter { !$0.hasEnded }.map(\.lease)
            guard !held.isEmpty else { continue }
            do throws(StoreError) {
                for (lease, state) in try await ledger.endedHolds(among: held) { release(lease, state) }
            } catch {
                // The heartbeat says so aloud, and an unreachable database is no reason to stop.
                logger.debug("cancelled jobs cannot be looked for", ["reason": "\(error)"])
            }
        }
    }

    /// Cuts off the model calls of jobs whose lease has run out while the database could not be asked, until the task
    /// is cancelled: others may have those jobs by now, and a slot at the model is too good for an answer that would
    /// be refused. What the model has answered already is kept, and may yet be stored. Asks nobody.
    public func watchLeases() async {
        while await pause(min(configuration.holdCheck, configuration.lease / 4)) {
            let now = MonotonicTime.now
            for job in running.values where !job.hasEnded && job.heldUntil <= now {
                logger.warning("a job was cut off since its lease ran out", ["job": "\(job.lease.id)"])
                job.stop(.leaseLost)
            }
        }
    }

    /// Whether the hold's job is still at its model here.
    func isHeld(_ lease: JobLease) -> Bool {
        running[lease.id].map { $0.lease == lease && !$0.hasEnded } ?? false
    }

    /// Stops the job of a hold that is no longer ours; `state` is where it stands now, as far as that is known.
    func release(_ lease: JobLease, _ state: JobState?) {
        guard isHeld(lease), let job = running[lease.id] else { return }
        switch state {
        case .cancelled:
            logger.info("a job was cancelled while it ran", ["job": "\(lease.id)"])
            job.stop(.cancelled)
        default:
            logger.warning("a job was lost to another worker", ["job": "\(lease.id)"])
            job.stop(.leaseLost)
        }
    }
}
