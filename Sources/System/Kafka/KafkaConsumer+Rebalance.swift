import CLibrdkafka

extension KafkaConsumer {
    /// Answers the group's decision. Every such event must be answered, or the group waits for this member.
    func rebalance(_ event: borrowing ClientEvent) {
        guard let list = rd_kafka_event_topic_partition_list(event.pointer) else { return }
        let partitions = Set(elements(of: list).map { TopicPartition($0) })
        switch rd_kafka_event_error(event.pointer) {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            for partition in partitions { messages?.collect(partition) }
            answer(isIncremental ? rd_kafka_incremental_assign(handle, list) : assignAll(list))
            gain(partitions)
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            let isLost = rd_kafka_assignment_lost(handle) != 0
            let offsets = hooks.onRevoked(partitions, isLost)
            // Handed to the library before the partitions are: it finishes commits before it lets go.
            if !isLost { commitWithoutWaiting(offsets) }
            answer(isIncremental ? rd_kafka_incremental_unassign(handle, list) : assignAll(nil))
            lose(partitions)
        default:
            if let error = event.error { report(error) }
            answer(assignAll(nil))
            lose(assignment)
        }
    }

    private var handle: OpaquePointer { client.handle.pointer }

    private var isIncremental: Bool {
        guard let name = rd_kafka_rebalance_protocol(handle) else { return false }
        return String(cString: name) == "COOPERATIVE"
    }

    /// Replaces the whole assignment, as groups with an eager protocol do; NULL clears it.
    private func assignAll(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>?) -> OpaquePointer? {
        let code = rd_kafka_assign(handle, list)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { report(KafkaError(code)) }
        return nil
    }

    private func answer(_ error: OpaquePointer?) {
        if let error { report(KafkaError(taking: error)) }
    }

    private func gain(_ partitions: Set<TopicPartition>) {
        hasBeenAssigned = true
        assignment.formUnion(partitions)
        // Before the hook, so that nothing is fetched for an application that has asked for a pause.
        adjustFlow()
        hooks.onAssigned(partitions)
    }

    private func lose(_ partitions: Set<TopicPartition>) {
        assignment.subtract(partitions)
        held.subtract(partitions)
    }
}
