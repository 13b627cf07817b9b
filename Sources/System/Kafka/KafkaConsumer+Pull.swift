import CLibrdkafka
import EventLoop

extension KafkaConsumer {
    /// The next messages, oldest first in each partition, at least one and at most `limit`, and no more once their
    /// values have `byteLimit` bytes. Waits for them as long as it takes.
    ///
    /// Throws `CancellationError` when the task is cancelled, `KafkaError.closed` once `close` has begun, and the
    /// fatal error that ended the consumer. Only one task may wait at a time.
    public func next(limit: Int = 500, byteLimit: Int = 4 << 20) async throws -> [KafkaMessage] {
        loop.preconditionInLoop()
        precondition(waiting == nil, "one task at a time pulls messages")
        while true {
            if isClosing { throw KafkaError.closed }
            if let failure { throw failure }
            let messages = takeFetched(max(1, limit), byteLimit)
            if !messages.isEmpty { return messages }
            try await waitForMessages()
        }
    }

    private func takeFetched(_ limit: Int, _ byteLimit: Int) -> [KafkaMessage] {
        var taken: [KafkaMessage] = []
        var bytes = 0
        while taken.count < limit, bytes < byteLimit, let entry = messages?.next() {
            switch entry {
            // A revocation overtakes messages that were queued before it; those belong to another member now.
            case .message(let message):
                guard assignment.contains(message.topicPartition) else { continue }
                taken.append(message)
                bytes += message.value?.count ?? 0
            case .failure(let error): report(error)
            case .nothing, .end: break
            }
        }
        return taken
    }

    private func waitForMessages() async throws {
        let arrival = Reply<Void>(on: loop)
        let loop = loop
        waiting = arrival
        await withTaskCancellationHandler {
            await arrival.value()
        } onCancel: {
            loop.execute { arrival.resolve(()) }
        }
        waiting = nil
        try Task.checkCancellation()
    }

    /// Stops fetching, for partitions that come later too, and frees what was fetched and not yet pulled; it is
    /// fetched again after `resume`. For long stops: a reader that merely pulls slowly needs no pause, since
    /// fetching stops by itself at the bounds in the options.
    public func pause() {
        loop.preconditionInLoop()
        isPaused = true
        adjustFlow()
    }

    /// Ends `pause`; messages go on where they stopped, after up to a second.
    public func resume() {
        loop.preconditionInLoop()
        isPaused = false
        adjustFlow()
    }

    /// Holds the assigned partitions up or lets them go.
    func adjustFlow() {
        guard !isClosing else { return }
        if isPaused {
            hold(assignment.subtracting(held))
        } else {
            release(held)
        }
    }

    /// Waits for the library's main thread, some tens of microseconds.
    private func hold(_ partitions: Set<TopicPartition>) {
        guard !partitions.isEmpty else { return }
        held.formUnion(partitions)
        _ = PartitionList(partitions).withPointer { rd_kafka_pause_partitions(client.handle.pointer, $0) }
    }

    /// Only for held partitions: resuming one that runs would make it go back to where it was last paused.
    private func release(_ partitions: Set<TopicPartition>) {
        guard !partitions.isEmpty else { return }
        held.subtract(partitions)
        _ = PartitionList(partitions).withPointer { rd_kafka_resume_partitions(client.handle.pointer, $0) }
    }
}
