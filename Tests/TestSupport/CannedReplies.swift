import EventLoop

/// Answers each connection's first request with the next of the replies written down beforehand, and remembers what was
/// asked. Any thread.
public final class CannedReplies: Sendable {
    private let replies: [String]
    private let lastStays: Bool
    private let seen = Lock<[CannedPeer.Request]>([])

    /// With `lastStays` the last reply repeats; else who comes after it gets none.
    public init(_ replies: [String], lastStays: Bool) {
        self.replies = replies
        self.lastStays = lastStays
    }

    /// What has been asked, in order.
    public var requests: [CannedPeer.Request] { seen.withLock { $0 } }

    /// For `CannedServer.with(serving:)`.
    public var handler: CannedServer.Handler {
        { peer, _ in
            guard let request = try await peer.request() else { return }
            let place = self.seen.withLock { seen in
                seen.append(request)
                return seen.count - 1
            }
            let reply = self.lastStays ? min(place, self.replies.count - 1) : place
            if self.replies.indices.contains(reply) { try await peer.write(self.replies[reply]) }
        }
    }
}
