import EventLoop

/// The sending side of a connection: answers that are complete and not sent yet, in order.
final class ConnectionOutput {
    /// What is to be sent next.
    var bytes: [UInt8] = []
    private let stream: ByteStream
    private let stall: Duration
    private var isSendingSoon = false

    init(_ stream: ByteStream, stall: Duration) {
        self.stream = stream
        self.stall = stall
    }

    /// Sends everything.
    func flush() async throws(StreamError) {
        guard !bytes.isEmpty else { return }
        let batch = bytes
        bytes = []
        try await stream.write(batch, stall: stall)
    }

    /// Answers gather while requests are answered at once. When the next handler has to wait for something, they go
    /// out at the end of the tick instead of waiting with it.
    func sendSoon() {
        guard !bytes.isEmpty, !isSendingSoon else { return }
        isSendingSoon = true
        stream.loop.atEndOfTick {
            self.isSendingSoon = false
            self.sendWithoutWaiting()
        }
    }

    private func sendWithoutWaiting() {
        guard !bytes.isEmpty else { return }
        let batch = bytes
        do throws(StreamError) {
            let count = try batch.span.bytes.withUnsafeBytes { (raw) throws(StreamError) -> Int in
                try stream.writeSome(raw)
            }
            bytes.removeFirst(count)
        } catch {
            // The next flush meets the same error where it can be dealt with.
        }
    }
}
