import HTTP

extension Response {
    /// The content of a response.
    public enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// Made while it is sent. The closure runs on the request's loop once the head is out, and not at all where
        /// no content may follow (HEAD, 204, 304). When it throws, the connection is cut off, so that the client does
        /// not take what it has for the whole. Its task is cancelled when the client is gone.
        case stream(@Sendable (ResponseWriter) async throws -> Void)

        /// Nothing.
        public static let empty = Body.bytes([])

        /// The bytes of a content that is complete; nil for a stream.
        public var bytes: [UInt8]? {
            if case .bytes(let bytes) = self { bytes } else { nil }
        }

        /// What the head has to announce.
        var framing: ResponseBody {
            switch self {
            case .bytes(let bytes): .length(bytes.count)
            case .stream: .stream
            }
        }
    }
}
