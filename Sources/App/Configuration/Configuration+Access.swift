extension Configuration {
    /// Who may call.
    struct Access: Sendable, Equatable {
        /// Whether each request needs an API key.
        var keysRequired = false
        /// What one must know to manage prompts; without it nobody may.
        var adminKey: Secret?
    }
}
