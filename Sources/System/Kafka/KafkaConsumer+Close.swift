import CLibrdkafka
import EventLoop

extension KafkaConsumer {
    /// Leaves the group and frees the client: `next` ends with `closed`, `onRevoked` is called for the partitions
    /// held, and what it returns is committed. When the brokers do not answer within `timeout`, the group has to
    /// find out by itself after the session time-out, and a background thread waits as long to free the client. Freeing
    /// it is not waited for longer than a second in any case, since the library may hang in it.
    /// Only the first call does the work; later ones return at once.
    public func close(timeout: Duration = .seconds(10)) async {
        loop.preconditionInLoop()
        guard !isClosing else { return }
        isClosing = true
        waiting?.resolve(())
        if let pokeTimer { loop.cancel(pokeTimer) }
        let hasLeft = await leaveGroup(within: timeout)
        messages = nil
        await client.shutdown(ending(hasLeft: hasLeft))
        for completion in commits.removeAll() { completion(.failure(.closed)) }
        // They hold on to the application, which holds on to the consumer.
        hooks = KafkaConsumerHooks()
    }

    /// Before 2.3.0 the library aborts the process when a member that was never assigned anything is destroyed
    /// (confluentinc/librdkafka#4312). Its idle threads then do less harm than its end. And up to 2.6.0 destroying a
    /// member can take for ever once brokers or topics have come and gone (#4674), though mostly it is done at once.
    private func ending(hasLeft: Bool) -> Client.Ending {
        guard hasBeenAssigned || rd_kafka_version() >= 0x0203_0000 else { return .forsaken }
        return .destroyedInBackground(patience: hasLeft ? .seconds(1) : .zero)
    }

    private func leaveGroup(within limit: Duration) async -> Bool {
        let reply = Reply<Void>(on: loop)
        closed = reply
        // Refused after a fatal error: then there is no membership left to give back.
        if let error = rd_kafka_consumer_close_queue(client.handle.pointer, client.queue) {
            rd_kafka_error_destroy(error)
            return true
        }
        client.drain()
        return await reply.value(within: limit) != nil
    }

    /// Ends the wait of `close` once the library has left the group.
    func checkClosed() {
        if let closed, rd_kafka_consumer_closed(client.handle.pointer) != 0 { closed.resolve(()) }
    }
}
