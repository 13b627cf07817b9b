public import EventLoop

/// The sending end of an event stream. While nothing is sent, comments keep the connection alive, so that neither the
/// client nor a proxy between takes it for dead. Confined to its connection's loop.
public final class EventStream {
    private let writer: ResponseWriter
    private let heartbeat: Duration
    private var lastSent = MonotonicTime.now
    private var timer: TimerToken?
    private static let comment = Array(":\n\n".utf8)

    init(_ writer: ResponseWriter, heartbeat: Duration) {
        self.writer = writer
        self.heartbeat = heartbeat
    }

    /// The loop that events are sent on.
    public var loop: EventLoop { writer.loop }

    /// Sends an event and returns when the system has taken it. Throws as `ResponseWriter.write` does. One task sends
    /// at a time.
    public func send(_ event: ServerSentEvent) async throws(StreamError) {
        try await writer.write(event.bytes)
        lastSent = .now
    }

    /// Sends an unnamed event whose payload is one line of UTF-8, without LF and CR: what `ServerSentEvent` would do,
    /// without looking at every byte. Throws as `send` does.
    public func send(line: [UInt8]) async throws(StreamError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count + 8)
        bytes += "data: ".utf8
        bytes += line
        bytes += "\n\n".utf8
        try await writer.write(bytes)
        lastSent = .now
    }

    func start() {
        timer = loop.schedule(at: lastSent + heartbeat) { [weak self] in self?.beat() }
    }

    func stop() {
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    private func beat() {
        if lastSent + heartbeat <= .now {
            writer.writeWithoutWaiting(Self.comment)
            lastSent = .now
        }
        start()
    }
}
