import CLibrdkafka
import EventLoop

/// A librdkafka client whose events of every kind arrive in one queue, which is drained on a loop.
///
/// The loop keeps it alive, and it keeps its owner alive through `onEvent`, until `shutdown`. Everything here runs
/// on the loop.
final class Client {
    let handle: ClientHandle
    let loop: EventLoop
    let blocking: BlockingThread
    /// Where all events go: delivery reports, messages, rebalances, results, errors.
    let queue: OpaquePointer
    private let log: KafkaConfiguration.LogSink
    private var bell: Bell?
    /// Receives every event but log lines. Set by the owner right after init.
    var onEvent: ((borrowing ClientEvent) -> Void)?
    /// Called each time the queue has been emptied; some changes of state come without an event.
    var onDrained: (() -> Void)?

    /// Events taken in one go before the loop gets a turn for other work.
    private static let drainBudget = 2048

    init(
        _ kind: rd_kafka_type_t,
        _ settings: consuming ClientSettings,
        log: @escaping KafkaConfiguration.LogSink,
        on loop: EventLoop,
        blocking: BlockingThread
    ) throws(KafkaError) {
        loop.preconditionInLoop()
        handle = try settings.start(kind)
        self.loop = loop
        self.blocking = blocking
        self.log = log
        queue = rd_kafka_queue_new(handle.pointer)
        do throws(SystemError) {
            bell = try Bell(on: loop) { self.drain() }
        } catch {
            rd_kafka_queue_destroy(queue)
            handle.destroy()
            throw .system(error)
        }
        collectQueues(isConsumer: kind == RD_KAFKA_CONSUMER)
    }

    /// Leads the library's queues into ours and has it ring the bell. The library rings only when the queue turns
    /// from empty to filled, hence the first drain: whatever came before must not stay unseen.
    private func collectQueues(isConsumer: Bool) {
        forward(rd_kafka_queue_get_main(handle.pointer))
        if isConsumer { forward(rd_kafka_queue_get_consumer(handle.pointer)) }
        rd_kafka_set_log_queue(handle.pointer, queue)
        ring(bellDescriptor)
        _ = loop.schedule(after: .zero) { self.drain() }
    }

    private func forward(_ source: OpaquePointer?) {
        guard let source else { return }
        rd_kafka_queue_forward(source, queue)
        rd_kafka_queue_destroy(source)
    }

    private func ring(_ descriptor: Int32) {
        var one: UInt64 = 1
        rd_kafka_queue_io_event_enable(queue, descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// For a further queue of this client whose entries are looked for in `onDrained`; -1 after shutdown.
    var bellDescriptor: Int32 { bell?.descriptor ?? -1 }

    /// Takes events until there are none; goes on in the next tick when there are very many.
    func drain() {
        for _ in 0..<Self.drainBudget {
            guard bell != nil else { return }
            guard let pointer = rd_kafka_queue_poll(queue, 0) else {
                onDrained?()
                return
            }
            let event = ClientEvent(pointer)
            if event.type == RD_KAFKA_EVENT_LOG {
                event.log(to: log)
            } else {
                onEvent?(event)
            }
        }
        _ = loop.schedule(after: .zero) { self.drain() }
    }

    /// What becomes of the library's client once nobody listens to it any more.
    enum Ending {
        /// It is destroyed on the blocking thread, after the calls that already wait there.
        case destroyed
        /// It is destroyed by a thread of its own, after the calls that already wait on the blocking thread, since
        /// that may take long; the end of it is awaited no longer than `patience`.
        case destroyedInBackground(patience: Duration)
        /// It stays as it is until the process ends.
        case forsaken
    }

    /// Stops listening and ends the client.
    func shutdown(_ ending: Ending = .destroyed) async {
        guard bell != nil else { return }
        drain()
        detach()
        let handle = handle
        switch ending {
        case .forsaken: break
        case .destroyed: await afterBlockingCalls { handle.destroy() }
        case .destroyedInBackground(let patience):
            let loop = loop
            let end = Reply<Void>(on: loop)
            await afterBlockingCalls {
                handle.destroyInBackground { loop.execute { end.resolve(()) } }
            }
            await end.value(within: patience)
        }
    }

    /// The calls that wait on the blocking thread still use the client.
    private func afterBlockingCalls(_ body: @escaping @Sendable () -> Void) async {
        do {
            try await blocking.run(body)
        } catch {
            // The thread takes no more work; a short stop of the loop beats a leaked client.
            body()
        }
    }

    /// Destroys a client that failed to start; blocks the loop for the moment that takes.
    func abandon() {
        detach()
        handle.destroy()
    }

    /// Lets go of the bell before it is closed, and of the queue before the client, which waits for its queues.
    private func detach() {
        ring(-1)
        bell?.close()
        bell = nil
        onEvent = nil
        onDrained = nil
        rd_kafka_queue_destroy(queue)
    }
}
