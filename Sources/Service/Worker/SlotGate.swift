/// A bounded number of slots that tasks of one loop take and give back.
final class SlotGate {
    private var free: Int
    private var waiting: CheckedContinuation<Void, Never>?

    init(_ count: Int) {
        free = count
    }

    /// Waits for a free slot and takes it. One task waits at a time.
    func take() async {
        if free == 0 {
            precondition(waiting == nil, "one task at a time waits for a slot")
            await withCheckedContinuation { waiting = $0 }
        }
        free -= 1
    }

    func giveBack() {
        free += 1
        let woken = waiting
        waiting = nil
        woken?.resume()
    }
}
