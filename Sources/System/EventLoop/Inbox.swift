/// Work that other threads hand to a loop. Many posts cost one wake-up: only the post that finds the inbox
/// empty rings the bell.
final class Inbox: Sendable {
    enum Item: Sendable {
        /// A piece of an async task, from the Swift runtime.
        case job(UnownedJob)
        /// A call to make on the loop's thread.
        case call(@Sendable () -> Void)
    }

    private let items = Lock<[Item]>([])

    /// Returns whether the inbox was empty, so that the caller must wake the loop.
    func post(_ item: Item) -> Bool {
        items.withLock { items in
            items.append(item)
            return items.count == 1
        }
    }

    /// Moves everything into `destination`, which must be empty; the two arrays swap their storage.
    func drain(into destination: inout [Item]) {
        destination = items.withLock { items in
            let taken = items
            items = []
            return taken
        }
    }
}
