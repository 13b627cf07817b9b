import EventLoop

/// The sending side of a connection: answers that are complete and not sent yet, in order.
final class ConnectionOutput {
    /// What is to be sent next.
    @exclusivity(unchecked) var bytes: [UInt8] = []
    let stream: ByteStream
    private let configuration: ServerConfiguration
    private let buffers: OutputBuffers
    private let memory: MemoryBudget
    private var isSendingSoon = false
    @exclusivity(unchecked) private var sentInARow = 0
    /// How long `sendOrGiveUp` has got nothing through, and what was unacknowledged then.
    private var stall: (since: MonotonicTime, unacknowledged: Int)?
    private static let fairBytes = 262_144

    init(_ stream: ByteStream, _ server: LoopServer) {
        self.stream = stream
        configuration = server.configuration
        buffers = server.outputBuffers
        memory = server.budgets.responses
    }

    /// Makes room for an answer. The memory comes from a stock of the loop and goes back there once it is sent, so an
    /// idle connection holds none.
    func open() {
        if bytes.capacity == 0 { bytes = buffers.take() }
    }

    /// Sends what the system takes now. False when something is left for `flush`.
    func sendNow() throws(StreamError) -> Bool {
        guard !bytes.isEmpty else { return true }
        let count = try write(bytes, from: 0)
        guard count < bytes.count else {
            buffers.give(&bytes)
            return true
        }
        bytes.removeFirst(count)
        return false
    }

    /// Sends everything.
    func flush() async throws(StreamError) {
        stall = nil
        await letOthersGo()
        if try sendNow() { return }
        var batch: [UInt8] = []
        swap(&batch, &bytes)
        try await sendSlowly(batch, from: 0)
        buffers.give(&batch)
    }

    /// Sends what has gathered, then `content`, which is not copied.
    func flush(followedBy content: [UInt8]) async throws(StreamError) {
        try await flush()
        let sent = try write(content, from: 0)
        if sent < content.count { try await sendSlowly(content, from: sent) }
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

    /// Sends what the system takes now; what it does not take goes out with the next flush.
    func sendWithoutWaiting() {
        do throws(StreamError) {
            _ = try sendNow()
        } catch {
            // The next flush meets the same error where it can be dealt with.
        }
    }

    /// Sends what the system takes now, where nobody waits for the rest but comes back from time to time. A client
    /// that has acknowledged nothing for `writeTimeout` by then is cut off.
    func sendOrGiveUp() {
        sendWithoutWaiting()
        guard !bytes.isEmpty else {
            stall = nil
            return
        }
        let unacknowledged = stream.unacknowledgedBytes
        guard let stall, unacknowledged >= stall.unacknowledged else {
            stall = (.now, unacknowledged)
            return
        }
        if stall.since + configuration.writeTimeout <= .now { stream.interrupt() }
    }

    /// A client that takes bytes as fast as they are made lets the loop's other clients go first now and then.
    private func letOthersGo() async {
        guard sentInARow >= Self.fairBytes else { return }
        sentInARow = 0
        await Task.yield()
    }

    /// The client takes bytes more slowly than we have them. What waits for it counts against what all such clients
    /// may hold.
    private func sendSlowly(_ batch: [UInt8], from start: Int) async throws(StreamError) {
        let waiting = batch.count - start
        guard memory.reserve(waiting) else { throw .timedOut }
        defer { memory.release(waiting) }
        let pace = Pace(stall: configuration.writeTimeout, minimumRate: configuration.minimumRate)
        var sent = start
        let queued = stream.unacknowledgedBytes - start
        while sent < batch.count {
            await letOthersGo()
            try await waitUntilWritable(pace, written: queued + sent)
            sent += try write(batch, from: sent)
        }
    }

    /// The system reports room only when a good part of its own buffer is free, which a slow client may need longer
    /// for than a pause may last; so what the client has acknowledged counts, not what the system has taken from us.
    private func waitUntilWritable(_ pace: Pace, written: Int) async throws(StreamError) {
        var acknowledged = written - stream.unacknowledgedBytes
        while true {
            do throws(StreamError) {
                return try await stream.waitUntilWritable(deadline: pace.deadline(transferred: acknowledged))
            } catch .timedOut {
                let now = written - stream.unacknowledgedBytes
                guard now > acknowledged, pace.deadline(transferred: now) > .now else { throw .timedOut }
                acknowledged = now
            }
        }
    }

    private func write(_ batch: [UInt8], from start: Int) throws(StreamError) -> Int {
        let count = try batch.span.bytes.withUnsafeBytes { (raw) throws(StreamError) -> Int in
            try stream.writeSome(UnsafeRawBufferPointer(rebasing: raw[start...]))
        }
        sentInARow += count
        return count
    }
}
