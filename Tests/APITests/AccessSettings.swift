import API

/// Who may call the API of a test, and how often.
struct AccessSettings: Sendable {
    var areKeysRequired = false
    var limits = RateLimits.none
    var proxies = TrustedProxies([])
    /// Two APIs with one ledger are two instances of one service.
    var ledger = FakeRateLedger()
}
