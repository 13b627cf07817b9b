/// What came of the wish to send a dead letter's message once more.
public enum Redriving: Sendable {
    /// It lies here now, a second time.
    case sent(QueuePosition)
    /// There is no letter at that place.
    case unknown
    /// What lies there is no dead letter.
    case noLetter
    /// The letter says that its message came from another topic than the one that messages are sent to.
    case otherTopic(String, wanted: String)
    /// The letter has no message in it: that was a tombstone, or left out as too large.
    case noMessage
    /// The brokers did not take it, or nobody got as far as asking them.
    case failed(QueueError)
}
