extension Configuration {
    /// What is counted and shown.
    struct Metrics: Sendable, Equatable {
        /// Whether anything is counted.
        var isEnabled = true
        /// The TCP port of a process that only works, for metrics and health; 0 for none.
        var workerPort = 0
    }
}
