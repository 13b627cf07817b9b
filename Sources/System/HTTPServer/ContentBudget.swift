import EventLoop

/// The bytes that the contents of all requests may take together, on all loops. When they are used up, those that want
/// more wait for them in the order in which they came: nothing is read from their clients meanwhile.
///
/// One content at a time may go beyond the limit, the one that has waited longest. Otherwise many that have come by
/// half would hold everything and wait for each other.
final class ContentBudget: Sendable {
    /// Names a content.
    typealias Owner = ObjectIdentifier

    private struct Waiter {
        let owner: Owner
        let count: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var used = 0
        var waiters: [Waiter] = []
        /// Who may go beyond the limit.
        var leader: Owner?
    }

    private let limit: Int
    private let state = Lock(State())

    init(_ limit: Int) {
        self.limit = limit
    }

    /// Takes `count` bytes; false when they are not to be had now, and then takes nothing.
    func reserve(_ count: Int, for owner: Owner) -> Bool {
        state.withLock { state in
            guard state.leader == owner || state.waiters.isEmpty else { return false }
            return grant(count, owner, &state)
        }
    }

    /// Takes `count` bytes as soon as it is the owner's turn. False when it has not come by `deadline`, or when the
    /// task is cancelled; nothing is taken then. On the caller's loop.
    func wait(for count: Int, for owner: Owner, until deadline: MonotonicTime, on loop: EventLoop) async -> Bool {
        let timer = loop.schedule(at: deadline) { self.giveUp(owner) }
        defer { loop.cancel(timer) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume(returning: false) }
                let isGranted = state.withLock { state in
                    if state.waiters.isEmpty, grant(count, owner, &state) { return true }
                    state.waiters.append(Waiter(owner: owner, count: count, continuation: continuation))
                    return false
                }
                if isGranted { continuation.resume(returning: true) }
            }
        } onCancel: {
            giveUp(owner)
        }
    }

    /// Gives bytes back. `isLast` says that they are all that the owner had: until then it stays the one that may
    /// exceed the limit, if it is.
    func release(_ count: Int, of owner: Owner, isLast: Bool = true) {
        let woken = state.withLock { state in
            state.used -= count
            if isLast, state.leader == owner { state.leader = nil }
            return takeNext(&state)
        }
        for waiter in woken { waiter.continuation.resume(returning: true) }
    }

    private func giveUp(_ owner: Owner) {
        let (waiter, woken) = state.withLock { state -> (Waiter?, [Waiter]) in
            guard let index = state.waiters.firstIndex(where: { $0.owner == owner }) else { return (nil, []) }
            let waiter = state.waiters.remove(at: index)
            return (waiter, takeNext(&state))
        }
        waiter?.continuation.resume(returning: false)
        for waiter in woken { waiter.continuation.resume(returning: true) }
    }

    /// The waiters whose turn it is.
    private func takeNext(_ state: inout State) -> [Waiter] {
        var count = 0
        while count < state.waiters.count, grant(state.waiters[count].count, state.waiters[count].owner, &state) {
            count += 1
        }
        let woken = Array(state.waiters.prefix(count))
        state.waiters.removeFirst(count)
        return woken
    }

    private func grant(_ count: Int, _ owner: Owner, _ state: inout State) -> Bool {
        if state.used + count > limit {
            guard state.leader == nil || state.leader == owner else { return false }
            state.leader = owner
        }
        state.used += count
        return true
    }
}
