/// Waiting callers. Clients take turns; each client's callers go in the order in which they came. Pure.
struct TurnLine {
    private var queues: [String: [UInt64]] = [:]
    /// Clients with waiting callers; whose turn is next stands first.
    private var turns: [String] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func add(_ caller: UInt64, of client: String) {
        if queues[client] == nil { turns.append(client) }
        queues[client, default: []].append(caller)
        count += 1
    }

    /// Takes the caller whose turn it is; its client's next one waits until all others have had theirs.
    mutating func next() -> UInt64? {
        guard let client = turns.first, let caller = queues[client]?.removeFirst() else { return nil }
        turns.removeFirst()
        count -= 1
        if queues[client]?.isEmpty == true { queues[client] = nil } else { turns.append(client) }
        return caller
    }

    mutating func remove(_ caller: UInt64, of client: String) {
        guard let place = queues[client]?.firstIndex(of: caller) else { return }
        queues[client]?.remove(at: place)
        count -= 1
        guard queues[client]?.isEmpty == true else { return }
        queues[client] = nil
        turns.removeAll { $0 == client }
    }
}
