/// What is known of a provider without asking it.
public struct ProviderStanding: Sendable, Equatable {
    /// Whether nothing is known to be wrong.
    public var isUsable: Bool
    /// What is known, for an operator: the age of the token, the last fault; no secrets.
    public var detail: String?

    /// A standing.
    public init(isUsable: Bool, detail: String? = nil) {
        self.isUsable = isUsable
        self.detail = detail
    }
}
