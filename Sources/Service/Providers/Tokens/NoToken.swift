public import Domain

/// No token at all: the client's certificate says who calls, or nobody asks.
public struct NoToken: TokenSource {
    /// Calls carry no `Authorization`.
    public init() {}

    /// None.
    public func token(budget: Duration) async throws(ModelFailure) -> AccessToken? { nil }

    /// There is no other one.
    public func invalidate(_ token: AccessToken?) -> Bool { false }

    /// None.
    public func secrets() -> [String] { [] }

    /// Nothing can be wrong with it.
    public func standing() -> ProviderStanding { ProviderStanding(isUsable: true, detail: "no token needed") }
}
