public import EventLoop
import HTTP

/// Sends the pieces of a streamed response. Confined to its connection's loop.
public final class ResponseWriter {
    private let output: ConnectionOutput
    private let isChunked: Bool
    private var isWriting = false
    /// Bytes of content that were handed over so far.
    public private(set) var writtenCount = 0

    init(_ output: ConnectionOutput, chunked: Bool) {
        self.output = output
        isChunked = chunked
    }

    /// The loop that the response is written on.
    public var loop: EventLoop { output.stream.loop }

    /// Sends `bytes` and returns when the system has taken them all, so that the source goes no faster than the
    /// client. One task writes at a time.
    ///
    /// Throws `.disconnected` when the client is gone, `.timedOut` when it takes nothing for
    /// `ServerConfiguration.writeTimeout` or less than `minimumRate`.
    public func write(_ bytes: [UInt8]) async throws(StreamError) {
        precondition(!isWriting, "one task writes at a time")
        guard !output.stream.hasHungUp else { throw .disconnected }
        isWriting = true
        defer { isWriting = false }
        append(bytes)
        try await output.flush()
    }

    /// Sends `text` as UTF-8, as `write` does.
    public func write(_ text: String) async throws(StreamError) {
        try await write(Array(text.utf8))
    }

    /// Sends `bytes` now if nothing else is being sent. What the system does not take at once goes out before the
    /// next piece, or with the next call, which adds nothing then.
    func writeWithoutWaiting(_ bytes: [UInt8]) {
        guard !isWriting else { return }
        if output.bytes.isEmpty { append(bytes) }
        output.sendOrGiveUp()
    }

    /// Ends the content.
    func finish() async throws(StreamError) {
        if isChunked {
            output.open()
            output.bytes += ChunkEncoder.end
        }
        try await output.flush()
    }

    private func append(_ bytes: [UInt8]) {
        writtenCount += bytes.count
        output.open()
        if isChunked {
            ChunkEncoder.append(bytes, to: &output.bytes)
        } else {
            output.bytes += bytes
        }
    }
}
