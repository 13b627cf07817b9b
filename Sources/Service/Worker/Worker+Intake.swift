public import Domain
import EventLoop
import Telemetry

/// From a message's arrival to its place in the backlog.
extension Worker {
    /// Payloads of other producers that are held at a time to be stored together.
    private static let adoptionBytes = 1 << 20
    private static let adoptionCount = 100

    /// Puts what has come in line. Jobs of other producers are stored first, so that only tickets have to be held.
    func takeIn(_ deliveries: [JobDelivery]) async {
        var strangers: [(JobDelivery, AdoptedJob)] = []
        var bytes = 0
        for delivery in deliveries {
            if let ticket = delivery.ticket {
                add(ticket, at: delivery.position)
                continue
            }
            do throws(UnusableMessage) {
                strangers.append((delivery, try decoder.decode(delivery)))
                bytes += delivery.value?.count ?? 0
            } catch {
                putAside(delivery, error.reason)
            }
            if bytes >= Self.adoptionBytes || strangers.count >= Self.adoptionCount {
                await adopt(strangers)
                strangers = []
                bytes = 0
            }
        }
        await adopt(strangers)
        work.ring()
        adjustFlow()
    }

    /// Hears of jobs whose messages are about to be published by this process, so that they need not wait for them.
    public func offer(_ tickets: [JobTicket]) {
        guard !tickets.isEmpty, !isClosed else { return }
        backlog.offer(tickets)
        work.ring()
    }

    /// A message whose job runs here already is done with: should this process die, the end of the job's lease has it
    /// run again.
    private func add(_ ticket: JobTicket, at position: QueuePosition) {
        if !backlog.add(ticket, at: position) { acknowledge([position]) }
    }

    /// Stores the jobs together; what the database refuses is found by storing each by itself.
    private func adopt(_ strangers: [(delivery: JobDelivery, job: AdoptedJob)]) async {
        guard !strangers.isEmpty else { return }
        let started = MonotonicTime.now
        // Of two messages with one id the first is the job.
        let jobs = strangers.reduce(into: [JobID: AdoptedJob]()) { jobs, stranger in
            if jobs[stranger.job.ticket.id] == nil { jobs[stranger.job.ticket.id] = stranger.job }
        }
        switch await store(Array(jobs.values)) {
        case .done:
            for (delivery, job) in strangers {
                add(job.ticket, at: job.position)
                if delivery.trace == nil { recordBeginning(of: job, started) }
            }
        case .refused where strangers.count == 1:
            putAside(strangers[0].delivery, "the database cannot store this job")
        case .refused: for stranger in strangers { await adopt([stranger]) }
        case .stopped: break
        }
    }

    /// The span that a trace begins with when the message's producer has given none: tries of the job are caused by it.
    private func recordBeginning(of job: AdoptedJob, _ started: MonotonicTime) {
        guard spans.isEnabled, let trace = job.input.trace else { return }
        spans.add(
            Span(
                "adopt job", .consumer, trace, parentSpanID: nil, duration: .now - started,
                attributes: [("gigaoffice.job.id", .text("\(job.ticket.id)"))]))
    }

    private enum Adoption {
        case done, refused, stopped
    }

    /// Tries until the database has answered. What it refuses it will always refuse.
    private func store(_ jobs: [AdoptedJob]) async -> Adoption {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(2))
        while !isStopping, !Task.isCancelled {
            do throws(StoreError) {
                try await ledger.adopt(jobs)
                return .done
            } catch .rejected(let reason) {
                logger.error(
                    "the database refused jobs", ["count": .integer(jobs.count), "reason": "\(reason)"])
                return .refused
            } catch {
                logger.warning("the database cannot be reached for new jobs", ["reason": "\(error)"])
                await pause(trouble.next())
            }
        }
        return .stopped
    }

    func putAside(_ delivery: JobDelivery, _ reason: String) {
        backlog.add(Backlog.Unusable(delivery: delivery, reason: reason))
        work.ring()
    }

    /// Puts a message that cannot be used where it can be read later.
    func bury(_ message: Backlog.Unusable) async {
        var trouble = Backoff(from: .milliseconds(200), to: .seconds(5))
        let position = message.delivery.position
        while !isStopping, !Task.isCancelled {
            do throws(QueueError) {
                try await queue.bury(message.delivery, reason: message.reason)
                metrics.unreadable.add()
                logger.warning(
                    "a message went to the dead letter topic",
                    [
                        "reason": "\(message.reason)", "partition": .integer(Int(position.partition)),
                        "offset": .integer(Int(position.offset)),
                    ])
                source.acknowledge(position)
                break
            } catch {
                logger.error("a message could not be put into the dead letter topic", ["reason": "\(error)"])
                await pause(trouble.next())
            }
        }
        backlog.didPutAside(message)
        adjustFlow()
    }

    /// Lets messages come as long as there is room for them.
    func adjustFlow() {
        switch backlog.flow() {
        case .pause: source.pause()
        case .resume: source.resume()
        case nil: break
        }
    }
}
