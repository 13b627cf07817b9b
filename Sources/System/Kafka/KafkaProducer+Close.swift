import CLibrdkafka
import EventLoop

extension KafkaProducer {
    /// How long purged records may take to report back.
    private static let purgeTimeout = Duration.seconds(2)

    /// Refuses new records, waits up to `flushTimeout` for those under way, gives up the rest (their senders get
    /// `closed`) and frees the client. Returns how many were given up. Only the first call does the work; later
    /// ones return 0 at once.
    @discardableResult
    public func close(flushTimeout: Duration = .seconds(10)) async -> Int {
        loop.preconditionInLoop()
        guard !isClosing else { return 0 }
        isClosing = true
        await waitUntilEmpty(within: flushTimeout)
        let givenUp = deliveries.count
        if givenUp > 0 {
            let everything = RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING
            rd_kafka_purge(client.handle.pointer, everything)
            await waitUntilEmpty(within: Self.purgeTimeout)
        }
        await client.shutdown()
        deliveries.settleAll(.failure(.closed))
        return givenUp
    }

    private func waitUntilEmpty(within limit: Duration) async {
        guard !deliveries.isEmpty else { return }
        let reply = Reply<Void>(on: loop)
        whenEmpty = reply
        await reply.value(within: limit)
        whenEmpty = nil
    }
}
