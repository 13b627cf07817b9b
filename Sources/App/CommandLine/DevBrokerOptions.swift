/// How to run the broker for development.
struct DevBrokerOptions: Sendable, Equatable {
    /// Partitions of each topic that is made by itself.
    var partitions = 4
}
