public import Domain
public import EventLoop
public import Telemetry

/// Counts the requests of clients against their limits, over all processes: each is granted blocks by the ledger, so
/// that most requests cost no round trip, and the sum never exceeds a limit. A request that finds its block used up
/// waits for the next one. While the ledger is away each process goes by what it has let in itself. Any thread.
public final class RateLimiter: Sendable {
    private struct Waiter {
        let id: UInt64
        let limit: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct Content {
        var state: RateState
        var waiters: [String: [Waiter]] = [:]
        var waiting = 0
        var lastID: UInt64 = 0
        var isAway = false
    }

    private let ledger: any RateLedger
    private let signal: Signal
    private let content: Lock<Content>
    private let logger: Logger

    /// The least time between two exchanges: what comes meanwhile shares the next one.
    private static let pause = Duration.milliseconds(2)
    /// How long a request waits for the ledger.
    private static let budget = Duration.milliseconds(500)
    private static let maximumWaiting = 10_000
    private static let maximumOrders = 1_000
    private static let cleaning = Duration.seconds(30)

    /// A limiter whose `run` is to be called on `loop`. It remembers at least the last `capacity` clients.
    public init(on loop: EventLoop, ledger: any RateLedger, capacity: Int = 10_000, logger: Logger) {
        self.ledger = ledger
        self.logger = logger
        signal = Signal(on: loop)
        content = Lock(Content(state: RateState(capacity: capacity)))
    }

    /// Decides without waiting, where that can be.
    func take(_ name: String, limit: Int) -> RateState.Decision {
        content.withLock { $0.state.take(name, limit: limit, at: .now) }
    }

    /// Decides, and asks the ledger where need be. To be called from a task of a loop.
    func wait(_ name: String, limit: Int) async -> RateState.Decision {
        for _ in 0..<3 {
            await waitForGrant(name, limit)
            let decision = take(name, limit: limit)
            if decision != .unknown { return decision }
        }
        // Others have taken each block before this one could: there are many, and they are let in.
        return .refused(RateStanding(limit: limit, remaining: 0, resetsIn: .seconds(1)))
    }

    private func waitForGrant(_ name: String, _ limit: Int) async {
        guard let loop = EventLoop.current else { preconditionFailure("requests are counted from loop tasks only") }
        let id = content.withLock { content in
            content.lastID += 1
            return content.lastID
        }
        let timer = loop.schedule(after: Self.budget) { self.giveUp(name, id) }
        await withCheckedContinuation { continuation in
            let waits = content.withLock { content in
                guard content.waiting < Self.maximumWaiting, !content.isAway else {
                    content.state.grantAlone(name, limit: limit, at: .now)
                    return false
                }
                content.waiting += 1
                content.waiters[name, default: []].append(Waiter(id: id, limit: limit, continuation: continuation))
                return true
            }
            if waits { signal.ring() } else { continuation.resume() }
        }
        loop.cancel(timer)
    }

    /// The ledger takes too long.
    private func giveUp(_ name: String, _ id: UInt64) {
        let waiter: Waiter? = content.withLock { content in
            guard let index = content.waiters[name]?.firstIndex(where: { $0.id == id }),
                let waiter = content.waiters[name]?.remove(at: index)
            else { return nil }
            if content.waiters[name]?.isEmpty == true { content.waiters[name] = nil }
            content.waiting -= 1
            content.state.grantAlone(name, limit: waiter.limit, at: .now)
            return waiter
        }
        waiter?.continuation.resume()
    }

    // MARK: The ledger's side

    /// Asks the ledger for what is wanted, gives back what lies unused, until the task is cancelled.
    public func run(on loop: EventLoop) async {
        loop.preconditionInLoop()
        var cleaned = MonotonicTime.now
        repeat {
            await signal.wait(atMost: RateState.patience)
            await exchange()
            if MonotonicTime.now - cleaned >= Self.cleaning {
                await clean()
                cleaned = .now
            }
        } while await loop.pause(for: Self.pause)
        // Nobody answers those who wait from here on.
        release(content.withLock { Array($0.waiters.keys) }, isAway: true)
    }

    private func exchange() async {
        let asked = MonotonicTime.now
        let orders = content.withLock { Self.orders(&$0, at: asked) }
        guard !orders.isEmpty else { return await probe() }
        do throws(StoreError) {
            let grants = try await ledger.exchange(orders, window: RateState.window)
            let now = MonotonicTime.now
            content.withLock { content in
                content.isAway = false
                for (order, grant) in zip(orders, grants) where order.wanted > 0 {
                    content.state.add(grant, wanted: order.wanted, askedAt: asked, now: now)
                }
            }
            release(orders.filter { $0.wanted > 0 }.map(\.name), isAway: false)
        } catch {
            logger.warning("each process counts requests alone", ["reason": "\(error)"])
            release(orders.filter { $0.wanted > 0 }.map(\.name), isAway: true)
        }
    }

    private static func orders(_ content: inout Content, at now: MonotonicTime) -> [RateOrder] {
        var orders: [String: RateOrder] = [:]
        for order in content.state.takeIdle(at: now, limit: maximumOrders) { orders[order.name] = order }
        for (name, waiters) in content.waiters where orders.count < 2 * maximumOrders {
            guard let first = waiters.first else { continue }
            var order = orders[name] ?? RateOrder(name, limit: 0, wanted: 0)
            order.limit = first.limit
            order.wanted = waiters.count
            orders[name] = order
        }
        return Array(orders.values)
    }

    /// Lets those who wait try again; without the ledger they get what this process alone would let in.
    private func release(_ names: [String], isAway: Bool) {
        let woken: [Waiter] = content.withLock { content in
            content.isAway = isAway
            var woken: [Waiter] = []
            for name in names {
                let waiters = content.waiters.removeValue(forKey: name) ?? []
                if isAway, let first = waiters.first {
                    content.state.grantAlone(name, limit: first.limit, at: .now)
                }
                woken += waiters
            }
            content.waiting -= woken.count
            return woken
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// While the ledger is away nobody waits for it, so nothing else would find out that it is back.
    private func probe() async {
        guard content.withLock({ $0.isAway }) else { return }
        await clean()
    }

    private func clean() async {
        do throws(StoreError) {
            _ = try await ledger.forgetEnded(limit: 10_000)
            content.withLock { $0.isAway = false }
        } catch {
            // What has ended does no harm; the next time will do.
            return
        }
    }
}
