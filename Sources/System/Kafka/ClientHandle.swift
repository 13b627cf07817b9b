import CLibrdkafka

/// A running librdkafka client. Its C functions are thread-safe, so the handle may go to a blocking thread.
final class ClientHandle: @unchecked Sendable {
    // Safety: `pointer` never changes, and `destroy` is called once, after the last other use.
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// Ends the client's threads and frees it; may block for a moment. A consumer must have been closed before, or
    /// it leaves its group without notice.
    func destroy() {
        rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }
}
