extension Configuration {
    /// Who may call.
    struct Access: Sendable, Equatable {
        /// Whether each request needs an API key.
        var keysRequired = false
    }
}
