/// An answer that comes in pieces. Confined to the loop that asked; one task reads at a time.
public protocol ChatStream: AnyObject {
    /// The next piece, waiting for it; nil when the answer is complete, and `end` is known then.
    func next() async throws(ModelFailure) -> ChatEvent?

    /// How the answer ended; nil as long as it has not.
    var end: ChatEnd? { get }

    /// Who answers, where that is known before the end.
    var source: ChatSource? { get }

    /// Ends the call if it goes on still, and gives its slot back. Doing it twice is doing it once.
    func close()
}

extension ChatStream {
    /// What the end tells, and nothing before it.
    public var source: ChatSource? { end.map { ChatSource(model: $0.model, provider: $0.provider) } }
}
