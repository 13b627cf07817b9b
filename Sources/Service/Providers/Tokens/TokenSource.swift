public import Domain

/// Where a provider's tokens of access come from. Callable from any loop's task.
public protocol TokenSource: Sendable {
    /// A token to call with, within `budget`; nil when calls carry none.
    func token(budget: Duration) async throws(ModelFailure) -> AccessToken?

    /// The provider has refused `token`. Returns whether asking for another one is worth it.
    func invalidate(_ token: AccessToken?) -> Bool

    /// Every secret that it holds now, so that none gets into texts.
    func secrets() -> [String]

    /// Whether the credentials are in order as far as known.
    func standing() -> ProviderStanding
}
