import Synchronization

/// A number of bytes that all connections of all loops may hold together.
final class MemoryBudget: Sendable {
    private let limit: Int
    private let used = Atomic(0)

    init(_ limit: Int) {
        self.limit = limit
    }

    /// Takes `count` bytes; false when they are not to be had, and then takes nothing.
    func reserve(_ count: Int) -> Bool {
        let (_, total) = used.add(count, ordering: .relaxed)
        if total <= limit { return true }
        release(count)
        return false
    }

    func release(_ count: Int) {
        used.subtract(count, ordering: .relaxed)
    }
}
