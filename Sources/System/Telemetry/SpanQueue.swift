import Synchronization

/// Spans on their way to a collector. Bounded: what comes while it is full is lost and counted. Any thread.
public final class SpanQueue: Sendable {
    /// Takes nothing.
    public static let disabled = SpanQueue(limit: 0)

    private struct Content {
        var spans: [Span] = []
        var lost = 0
    }

    private let limit: Int
    private let content = Mutex(Content())

    /// Holds up to `limit` spans; 0 takes none, and nobody need make them.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Whether spans are wanted at all.
    public var isEnabled: Bool { limit > 0 }

    /// Adds a span, which is made only where spans are wanted.
    public func add(_ span: @autoclosure () -> Span) {
        guard isEnabled else { return }
        let span = span()
        content.withLock { content in
            if content.spans.count < limit { content.spans.append(span) } else { content.lost += 1 }
        }
    }

    /// Takes up to `count` spans, the oldest first, and how many were lost since the last time.
    public func take(_ count: Int) -> (spans: [Span], lost: Int) {
        content.withLock { content in
            let taken = Array(content.spans.prefix(count))
            content.spans.removeFirst(taken.count)
            defer { content.lost = 0 }
            return (taken, content.lost)
        }
    }
}
