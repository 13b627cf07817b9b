/// The bounds of a group commit.
struct GroupLimits: Sendable {
    /// Most items of one batch.
    var batchItems = 256
    /// Most bytes of one batch; an item that is larger by itself goes alone.
    var batchBytes = 1 << 20
    /// Batches on their way at a time.
    var batchesInFlight = 2
    /// Items that have to wait, unless they are `batchBytes` together, for a batch to leave beside another.
    var itemsBeside = 1
    /// Most items that wait to be sent.
    var waitingItems = 10_000
    /// Most bytes that wait to be sent.
    var waitingBytes = 64 << 20
}
