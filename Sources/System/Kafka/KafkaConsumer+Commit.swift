import CLibrdkafka
import EventLoop

extension KafkaConsumer {
    /// Commits where the group is to read next in each partition. Waits for the broker's answer, at most `timeout`. An
    /// empty dictionary is done at once.
    public func commit(_ offsets: [TopicPartition: KafkaCommit], timeout: Duration = .seconds(30))
        async throws(KafkaError)
    {
        loop.preconditionInLoop()
        guard !offsets.isEmpty else { return }
        if isClosing { throw .closed }
        let reply = Reply<Result<Void, KafkaError>>(on: loop)
        let id = try startCommit(offsets) { reply.resolve($0) }
        guard let result = await reply.value(within: timeout) else {
            _ = commits.remove(id)
            throw .gaveUpWaiting
        }
        try result.get()
    }

    /// Commits without waiting; a failure goes to `onError`. Later commits overtake earlier ones, so a failed one
    /// is made good by the next.
    public func commitWithoutWaiting(_ offsets: [TopicPartition: KafkaCommit]) {
        loop.preconditionInLoop()
        guard !offsets.isEmpty else { return }
        do throws(KafkaError) {
            _ = try startCommit(offsets) { result in
                if case .failure(let error) = result { self.hooks.onError(error) }
            }
        } catch {
            hooks.onError(error)
        }
    }

    private func startCommit(
        _ offsets: [TopicPartition: KafkaCommit], _ completion: @escaping CommitTable.Completion
    ) throws(KafkaError) -> UInt {
        let id = commits.add(completion)
        let code = PartitionList(offsets).withPointer { list in
            rd_kafka_commit_queue(
                client.handle.pointer, list, client.queue, nil, UnsafeMutableRawPointer(bitPattern: id))
        }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { _ = commits.remove(id) }
        try KafkaError.check(code)
        return id
    }

    func finishCommit(_ event: borrowing ClientEvent) {
        guard let answered = commits.remove(event.requestID) else { return }
        let completion: CommitTable.Completion = { [hooks] result in
            if case .success = result { hooks.onCommitted(true) } else { hooks.onCommitted(false) }
            answered(result)
        }
        if let error = event.error { return completion(.failure(error)) }
        if let list = rd_kafka_event_topic_partition_list(event.pointer) {
            for element in elements(of: list) where element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                return completion(.failure(KafkaError(element.err)))
            }
        }
        completion(.success(()))
    }
}
