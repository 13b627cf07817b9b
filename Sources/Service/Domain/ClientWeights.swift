/// In which proportion clients share the slots; who is not named has weight 1.
public struct ClientWeights: Sendable, Equatable {
    /// What a weight may be.
    public static let range = 0.01...1_000
    /// The most clients that can be named.
    public static let maximumCount = 1_000

    /// The weights that are not 1, by client.
    public let named: [String: Double]

    /// Everybody alike.
    public init() {
        named = [:]
    }

    /// Nil when too many are named, a name is empty or longer than a ticket carries, or a weight is out of range.
    public init?(_ named: [String: Double]) {
        let areNames = named.keys.allSatisfy { !$0.isEmpty && $0.utf8.count <= JobTicket.maximumClientBytes }
        guard areNames, named.count <= Self.maximumCount, named.values.allSatisfy(Self.range.contains) else {
            return nil
        }
        self.named = named
    }

    /// The weight of a client.
    public subscript(client: String) -> Double { named[client] ?? 1 }
}
