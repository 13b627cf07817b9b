public import Domain

/// A key, or a token that nobody can renew.
public struct FixedToken: TokenSource {
    private let value: String

    /// Gives `value` for every call.
    public init(_ value: String) {
        self.value = value
    }

    /// The key.
    public func token(budget: Duration) async throws(ModelFailure) -> AccessToken? {
        AccessToken(value)
    }

    /// There is no other one.
    public func invalidate(_ token: AccessToken?) -> Bool { false }

    /// The key.
    public func secrets() -> [String] { [value] }

    /// Nothing is known until it is used.
    public func standing() -> ProviderStanding { ProviderStanding(isUsable: true, detail: "a fixed key") }
}
