extension Configuration {
    /// Where spans go.
    struct Traces: Sendable, Equatable {
        /// A collector's address; nil for none, and no spans.
        var endpoint: String?
        /// What the service is called there.
        var serviceName = "gigaoffice"
        /// Spans that wait to be sent; more are lost.
        static let waitingLimit = 8_192
    }
}
