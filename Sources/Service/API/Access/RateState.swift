import Domain
import EventLoop

/// One process's part of the limits of all clients: what it was granted and has not used. Pure: every call names the
/// time.
struct RateState {
    /// What becomes of a request.
    enum Decision: Equatable {
        case granted(RateStanding)
        case refused(RateStanding)
        /// The ledger has to be asked.
        case unknown
    }

    private struct Account {
        /// Requests that may be let in still.
        var tokens = 0
        /// What others may be granted.
        var left = 0
        /// Requests that were let in here since the window began.
        var spent = 0
        /// Which one it is; 0 for one that the ledger does not know.
        var window: Int64 = 0
        var endsAt = MonotonicTime(nanoseconds: .min)
        /// There is nothing to be had before.
        var asksAgainAt = MonotonicTime(nanoseconds: .min)
        var usedAt = MonotonicTime(nanoseconds: .min)
    }

    /// The length of a window.
    static let window = Duration.seconds(60)
    /// What was not used for so long is given back, and what was refused is asked for again.
    static let patience = Duration.seconds(1)

    private var accounts: RecentTable<Account>
    /// Names with something that may have to be given back.
    private var holders: Set<String> = []

    /// Knows at least the last `capacity` clients.
    init(capacity: Int) {
        accounts = RecentTable(capacity: capacity)
    }

    /// Clients that are known.
    var count: Int { accounts.count }

    /// Lets a request in if there is something left of what was granted.
    mutating func take(_ name: String, limit: Int, at now: MonotonicTime) -> Decision {
        guard var account = accounts[name], now < account.endsAt else { return .unknown }
        guard account.tokens > 0 else {
            guard now < account.asksAgainAt else { return .unknown }
            return .refused(RateStanding(limit: limit, remaining: 0, resetsIn: account.endsAt - now))
        }
        account.tokens -= 1
        account.spent += 1
        account.usedAt = now
        accounts[name] = account
        return .granted(
            RateStanding(limit: limit, remaining: account.tokens + account.left, resetsIn: account.endsAt - now))
    }

    /// The ledger has answered what was asked of it at `asked`.
    mutating func add(_ grant: RateGrant, wanted: Int, askedAt asked: MonotonicTime, now: MonotonicTime) {
        var account = accounts[grant.name] ?? Account()
        if account.window != grant.window { account = Account() }
        account.window = grant.window
        account.tokens += grant.granted
        account.left = grant.left
        account.endsAt = asked + grant.endsIn
        account.usedAt = max(account.usedAt, asked)
        if grant.granted > 0 { holders.insert(grant.name) }
        if grant.granted < wanted { account.asksAgainAt = min(account.endsAt, now + Self.patience) }
        accounts[grant.name] = account
    }

    /// The ledger is away: the process goes by what it has let in itself.
    mutating func grantAlone(_ name: String, limit: Int, at now: MonotonicTime) {
        var account = accounts[name] ?? Account()
        if now >= account.endsAt {
            account = Account()
            account.endsAt = now + Self.window
        }
        account.window = 0
        account.left = 0
        account.tokens = max(0, limit - account.spent)
        account.usedAt = now
        account.asksAgainAt = min(account.endsAt, now + Self.patience)
        accounts[name] = account
    }

    /// Takes out what lies unused, to be given back; at most `limit` of it.
    mutating func takeIdle(at now: MonotonicTime, limit: Int) -> [RateOrder] {
        var orders: [RateOrder] = []
        for name in holders {
            guard orders.count < limit else { break }
            guard var account = accounts[name], account.tokens > 0, account.window != 0, now < account.endsAt else {
                holders.remove(name)
                continue
            }
            guard now - account.usedAt >= Self.patience else { continue }
            orders.append(
                RateOrder(name, limit: 0, wanted: 0, returned: account.tokens, window: account.window))
            account.left += account.tokens
            account.tokens = 0
            accounts[name] = account
            holders.remove(name)
        }
        return orders
    }
}
