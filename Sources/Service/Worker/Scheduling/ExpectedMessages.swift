import Domain

/// Jobs whose messages are on their way and have nothing to say any more. The latest `limit` are remembered: a message
/// that was forgotten costs a claim in vain.
struct ExpectedMessages {
    private var ids: Set<JobID> = []
    /// In order of coming; some may have gone from `ids`.
    private var order: [JobID] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    mutating func insert(_ id: JobID) {
        guard ids.insert(id).inserted else { return }
        order.append(id)
        guard order.count >= 2 * limit else { return }
        // The later half stays; every id is forgotten once, so it costs a constant time each.
        for old in order.prefix(limit) { ids.remove(old) }
        order.removeFirst(limit)
    }

    /// False when the message is not expected.
    @discardableResult
    mutating func remove(_ id: JobID) -> Bool {
        ids.remove(id) != nil
    }
}
