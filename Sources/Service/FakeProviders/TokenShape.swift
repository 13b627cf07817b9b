/// How the fake gives out a token.
public struct TokenShape: Sendable, Equatable {
    /// How long the token is good for; nil: as the settings say.
    public var life: Duration?
    /// Whether its end is told in seconds instead of milliseconds.
    public var inSeconds = false
    /// Whether the names are `tok` and `exp`, as some stands answer.
    public var isShort = false
    /// Whether the end that is told lies an hour back. The token is good all the same.
    public var isPast = false
    /// Whether no end is told.
    public var hasNoEnd = false

    /// The usual shape.
    public init() {}
}
