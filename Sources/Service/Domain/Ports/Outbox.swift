/// Messages that the database says must go to the queue. A job's row and its entry are written in one
/// transaction, so neither exists without the other.
public protocol Outbox: Sendable {
    /// Takes up to `limit` unpublished entries, oldest first, and hides them from other relays for `lease`.
    func take(limit: Int, lease: Duration) async throws(StoreError) -> TakenEntries

    /// Records where published entries went. Responses are forgotten; requests are remembered until claimed.
    func markPublished(_ published: [PublishedEntry]) async throws(StoreError)

    /// Makes entries visible again after `delay`, for those that could not be published.
    func putBack(_ sequences: [Int64], delay: Duration) async throws(StoreError)

    /// Hides entries for good, for those that cannot be read: they stay for a person to look at.
    func park(_ sequences: [Int64]) async throws(StoreError)

    /// Where published requests that nobody has claimed lie, by partition, as of the database's clock.
    func unclaimed(publishedBefore age: Duration) async throws(StoreError) -> [UnclaimedRange]

    /// Makes up to `limit` unclaimed requests of one partition unpublished again: those published by
    /// `range.asOf` whose offset is outside `present`.
    func republish(_ range: UnclaimedRange, outside present: Range<Int64>, limit: Int) async throws(StoreError) -> Int
}
