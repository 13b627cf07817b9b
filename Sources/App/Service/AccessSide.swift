import API
import Domain
import EventLoop
import Storage
import Telemetry

/// Who may call, and how often: the keys, the counting of requests, and what decides by them.
struct AccessSide {
    let keys: APIKeyCache
    let limiter: RateLimiter
    let control: AccessControl

    /// Reads the keys for the first time. A database that is away for a moment is asked again by whoever looks after
    /// the keys; until then requests with a key are answered with 503.
    static func open(
        _ database: DatabaseClients, _ access: Configuration.Access, on loop: EventLoop, logger: Logger
    ) async -> AccessSide {
        let keys = APIKeyCache(PostgresAPIKeys(database), logger: logger)
        let limiter = RateLimiter(on: loop, ledger: PostgresRateLedger(database), logger: logger)
        do throws(StoreError) {
            try await keys.refresh()
        } catch {
            logger.warning("the API keys cannot be read", ["reason": "\(error)"])
        }
        let control = AccessControl(
            adminKey: access.adminKey?.reveal(), keys: keys, areKeysRequired: access.keysRequired,
            limits: RateLimits(process: access.processRate, classify: access.classifyRate), limiter: limiter,
            proxies: TrustedProxies(access.trustedProxies))
        return AccessSide(keys: keys, limiter: limiter, control: control)
    }
}
