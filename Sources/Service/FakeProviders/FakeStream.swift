import EventLoop
import TLS

/// A client's connection, plain or in TLS. Confined to its loop and to one task, apart from `interrupt`.
final class FakeStream {
    private let bytes: ByteStream
    private let tls: TLSServerStream?
    private var piece = [UInt8](repeating: 0, count: 16_384)
    private static let handshakeLimit = Duration.seconds(10)
    private static let alertLimit = Duration.seconds(1)

    /// Takes over a connection; with a context it speaks TLS.
    init(_ bytes: ByteStream, _ context: TLSServerContext?) throws(TLSError) {
        self.bytes = bytes
        if let context { tls = try TLSServerStream(bytes, context) } else { tls = nil }
    }

    var loop: EventLoop { bytes.loop }

    /// The subject of the client's certificate.
    var clientSubject: String? { tls?.clientSubject }

    /// Makes the connection ready; false when TLS came to nothing. The client is given time to read why.
    func begin() async -> Bool {
        bytes.disableNagle()
        do throws(TLSError) {
            try await tls?.shakeHands(deadline: .now + Self.handshakeLimit)
            return true
        } catch {
            if case .handshake = error { await awaitEnd() }
            return false
        }
    }

    /// A connection that is closed with bytes unread is reset, and the alert would be lost.
    private func awaitEnd() async {
        bytes.endWriting()
        let timer = loop.schedule(after: Self.alertLimit) { [bytes] in bytes.interrupt() }
        await bytes.waitUntilHungUp()
        loop.cancel(timer)
    }

    /// Waits for bytes; nil when the client has ended its side.
    func receive() async throws(StreamError) -> [UInt8]? {
        if let tls { return try await tls.receive() }
        while true {
            let outcome = piece.withUnsafeMutableBytes { buffer in
                Result { () throws(StreamError) in try bytes.read(into: buffer) }
            }
            switch try outcome.get() {
            case .bytes(let count): return Array(piece.prefix(count))
            case .endOfStream: return nil
            case .wouldBlock: try await bytes.waitUntilReadable()
            }
        }
    }

    /// Writes all of `content`. `stall` is the longest time the client may take nothing at all.
    func write(_ content: [UInt8], stall: Duration? = nil) async throws(StreamError) {
        if let tls { return try await tls.write(content, stall: stall) }
        try await bytes.write(content, stall: stall)
    }

    /// Tells the client that nothing more comes.
    func endWriting() async throws(StreamError) {
        if let tls { return try await tls.endWriting() }
        bytes.endWriting()
    }

    /// Makes whatever waits, and every later call, fail.
    func interrupt() { bytes.interrupt() }

    /// Ends the connection with a reset.
    func reset() { bytes.reset() }

    /// Ends the connection.
    func close() { bytes.close() }

    /// Runs `operation`, whose task is cancelled when the client goes away.
    func whilePeerIsThere<Value: Sendable>(_ operation: @escaping @Sendable () async -> Value) async -> Value {
        await bytes.whilePeerIsThere(operation)
    }
}
