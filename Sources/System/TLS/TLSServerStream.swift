import CLibssl
public import EventLoop

/// The server's side of TLS on a `ByteStream`: OpenSSL between two buffers in memory, the stream underneath for the
/// bytes. For servers of tests and development; the service itself leaves TLS to what stands in front of it.
///
/// Confined to the stream's loop, and to one task at a time, since reading may have to write. The stream stays its
/// owner's: closing, resetting and interrupting happen there.
public final class TLSServerStream {
    private let stream: ByteStream
    private let context: TLSServerContext
    private let session: OpaquePointer
    /// From the peer, encrypted; OpenSSL's own.
    private let incoming: OpaquePointer
    /// To the peer, encrypted; OpenSSL's own.
    private let outgoing: OpaquePointer
    private var piece = [UInt8](repeating: 0, count: pieceSize)
    /// A record has 16 KiB at most (RFC 8446, 5.1).
    private static let pieceSize = 16_384
    /// How much is encrypted before it is sent.
    private static let batchSize = 1 << 18

    /// Puts TLS on a connection that has just been accepted.
    public init(_ stream: ByteStream, _ context: TLSServerContext) throws(TLSError) {
        ERR_clear_error()
        guard let session = SSL_new(context.pointer) else { throw .unavailable(reason: TLSError.takeReason()) }
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            SSL_free(session)
            throw .unavailable(reason: TLSError.takeReason())
        }
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_accept_state(session)
        self.stream = stream
        self.context = context
        self.session = session
        self.incoming = incoming
        self.outgoing = outgoing
    }

    deinit {
        SSL_free(session)
    }

    /// Shakes hands, until `deadline` at most; once, before anything else. After `.handshake` the peer has been told
    /// why by an alert.
    public func shakeHands(deadline: MonotonicTime) async throws(TLSError) {
        while true {
            ERR_clear_error()
            let status = SSL_accept(session)
            let code = SSL_get_error(session, status)
            let hasFailed = status != 1 && code != SSL_ERROR_WANT_READ
            let reason = hasFailed ? TLSError.takeReason() : ""
            do throws(StreamError) {
                try await flush(stall: deadline - .now)
                if status == 1 { return }
                if !hasFailed, try await feed(deadline: deadline) { continue }
            } catch {
                throw hasFailed ? .handshake(reason: reason) : .disconnected
            }
            throw hasFailed ? .handshake(reason: reason) : .disconnected
        }
    }

    /// The subject of the certificate that the client has shown, as RFC 2253 writes it; nil when it has shown none.
    public var clientSubject: String? {
        guard let certificate = SSL_get1_peer_certificate(session) else { return nil }
        defer { X509_free(certificate) }
        guard let name = X509_get_subject_name(certificate), let out = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(out) }
        guard clibssl_write_name(out, name) >= 0 else { return nil }
        return String(decoding: Self.take(from: out, upTo: Self.pieceSize), as: UTF8.self)
    }

    /// Waits for bytes; nil at the end. A peer that breaks the protocol counts as gone.
    public func receive() async throws(StreamError) -> [UInt8]? {
        while true {
            ERR_clear_error()
            let count = SSL_read(session, &piece, Int32(piece.count))
            let code = SSL_get_error(session, count)
            try await flush(stall: nil)
            if count > 0 { return Array(piece.prefix(Int(count))) }
            switch code {
            case SSL_ERROR_ZERO_RETURN: return nil
            case SSL_ERROR_WANT_READ: guard try await feed(deadline: nil) else { return nil }
            default: throw .disconnected
            }
        }
    }

    /// Writes all of `bytes`. `stall` is the longest time the peer may take nothing at all.
    public func write(_ bytes: [UInt8], stall: Duration? = nil) async throws(StreamError) {
        for start in stride(from: 0, to: bytes.count, by: Self.batchSize) {
            let batch = bytes[start..<min(start + Self.batchSize, bytes.count)]
            ERR_clear_error()
            let count = batch.withUnsafeBytes { SSL_write(session, $0.baseAddress, Int32($0.count)) }
            guard Int(count) == batch.count else { throw .disconnected }
            try await flush(stall: stall)
        }
    }

    /// Tells the peer that nothing more comes (RFC 8446, 6.1) and ends our direction of the stream.
    public func endWriting() async throws(StreamError) {
        ERR_clear_error()
        _ = SSL_shutdown(session)
        try await flush(stall: nil)
        stream.endWriting()
    }

    /// Sends what OpenSSL has for the peer.
    private func flush(stall: Duration?) async throws(StreamError) {
        while BIO_ctrl_pending(outgoing) > 0 {
            try await stream.write(Self.take(from: outgoing, upTo: Self.pieceSize), stall: stall)
        }
    }

    /// Waits for bytes of the peer and hands them to OpenSSL; false at the end.
    private func feed(deadline: MonotonicTime?) async throws(StreamError) -> Bool {
        while true {
            let outcome = piece.withUnsafeMutableBytes { bytes in
                Result { () throws(StreamError) in try stream.read(into: bytes) }
            }
            switch try outcome.get() {
            case .bytes(let count): return BIO_write(incoming, piece, Int32(count)) == Int32(count)
            case .endOfStream: return false
            case .wouldBlock: try await stream.waitUntilReadable(deadline: deadline)
            }
        }
    }

    private static func take(from source: OpaquePointer, upTo limit: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = Int(max(0, BIO_read(source, buffer.baseAddress, Int32(limit))))
        }
    }
}
