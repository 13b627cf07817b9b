/// Passes items from one task of a loop to another, in order, until it is closed. Whoever puts items in bounds
/// their number.
final class Handoff<Item> {
    private var items: [Item] = []
    private var waiter: CheckedContinuation<Void, Never>?
    private var isClosed = false

    func put(_ item: Item) {
        items.append(item)
        wake()
    }

    /// No more items come; those that are in it are still handed out.
    func close() {
        isClosed = true
        wake()
    }

    /// The next item; nil once closed and empty. One task at a time waits.
    func next() async -> Item? {
        while items.isEmpty {
            if isClosed { return nil }
            await withCheckedContinuation { waiter = $0 }
        }
        return items.removeFirst()
    }

    private func wake() {
        let woken = waiter
        waiter = nil
        woken?.resume()
    }
}
