import EventLoop

extension Configuration {
    /// Who may call.
    struct Access: Sendable, Equatable {
        /// Whether each request needs an API key.
        var keysRequired = false
        /// The key of the first administrator; those with the scope admin need none.
        var adminKey: Secret?
        /// Proxies that are believed about where requests come from.
        var trustedProxies: [AddressRange] = []
        /// Jobs, and requests of OpenAI's clients, that a client may send in a minute; 0 for any number.
        var processRate = 10
        /// Texts that a client may have classified in a minute; 0 for any number.
        var classifyRate = 10
    }
}
