import Domain
import EventLoop
import Telemetry

/// One message, from its arrival to its acknowledgement.
extension Worker {
    func deal(with delivery: JobDelivery) async {
        do throws(UnusableMessage) {
            let message = try decoder.decode(delivery)
            guard let job = try await claim(message, delivery.position) else { return acknowledge(delivery) }
            await perform(job)
            acknowledge(delivery)
        } catch {
            await bury(delivery, error.reason)
        }
    }

    private func acknowledge(_ delivery: JobDelivery) {
        // A worker that is on its way out leaves what it has not finished for the next one.
        if !isStopping { source.acknowledge(delivery.position) }
    }

    /// Takes the job, if it waits. A job that came over the queue alone is stored first.
    private func claim(
        _ message: MessageDecoder.Message, _ position: QueuePosition
    ) async throws(UnusableMessage) -> ClaimedJob? {
        while true {
            let outcome = try await insist { () throws(StoreError) in
                try await self.ledger.claim(
                    message.id, owner: self.configuration.owner, lease: self.configuration.lease)
            }
            switch outcome {
            case .claimed(let job): return job
            case .notWaiting, nil: return nil
            case .unknown:
                let isStored: Bool? = try await insist { () throws(StoreError) in
                    try await self.ledger.adopt(message.id, message.input, from: position)
                    return true
                }
                if isStored == nil { return nil }
            }
        }
    }

    /// Tries until the database has answered, or nil when the worker stops first. What the database refuses it will
    /// always refuse: such a message is unusable.
    private func insist<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(UnusableMessage) -> Value? {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(2))
        while !isStopping {
            do throws(StoreError) {
                return try await body()
            } catch .rejected(let reason) {
                logger.error("the database refused a job", ["reason": "\(reason)"])
                throw UnusableMessage("the database cannot store this job")
            } catch {
                logger.warning("the database cannot be reached for a job", ["reason": "\(error)"])
                await pause(trouble.next())
            }
        }
        return nil
    }

    private func bury(_ delivery: JobDelivery, _ reason: String) async {
        var trouble = Backoff(from: .milliseconds(200), to: .seconds(5))
        while !isStopping {
            do throws(QueueError) {
                try await queue.bury(delivery, reason: reason)
                logger.warning(
                    "a message went to the dead letter topic",
                    [
                        "reason": "\(reason)", "partition": .integer(Int(delivery.position.partition)),
                        "offset": .integer(Int(delivery.position.offset)),
                    ])
                return source.acknowledge(delivery.position)
            } catch {
                logger.error("a message could not be put into the dead letter topic", ["reason": "\(error)"])
                await pause(trouble.next())
            }
        }
    }
}
