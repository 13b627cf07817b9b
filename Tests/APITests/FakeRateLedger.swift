import Domain
import EventLoop

/// A ledger in memory with windows that last for ever, which counts how often it is asked, can be away and can hang.
final class FakeRateLedger: RateLedger {
    struct State: Sendable {
        var taken: [String: Int] = [:]
        var exchanges = 0
        var isAway = false
        var hangs = false
    }

    let state = Lock(State())

    func exchange(_ orders: [RateOrder], window: Duration) async throws(StoreError) -> [RateGrant] {
        while state.withLock({ $0.hangs }), !Task.isCancelled { await Self.pause() }
        let grants: [RateGrant]? = state.withLock { state in
            state.exchanges += 1
            return state.isAway ? nil : orders.map { Self.grant($0, &state.taken) }
        }
        guard let grants else { throw .unavailable("away") }
        return grants
    }

    private static func grant(_ order: RateOrder, _ taken: inout [String: Int]) -> RateGrant {
        let used = max(0, taken[order.name, default: 0] - order.returned)
        let left = max(0, order.limit - used)
        let part = order.wanted == 0 ? 0 : min(left, max(order.wanted, (left + 1) / 2))
        taken[order.name] = used + part
        return RateGrant(order.name, granted: part, left: left - part, window: 1, endsIn: .seconds(60))
    }

    private static func pause() async {
        do {
            try await EventLoop.current?.sleep(for: .milliseconds(5))
        } catch {
            return
        }
    }

    func forgetEnded(limit: Int) async throws(StoreError) -> Int {
        if state.withLock({ $0.isAway }) { throw .unavailable("away") }
        return 0
    }
}
