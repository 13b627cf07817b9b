/// How an answer is drawn; nil leaves it to the provider. What a provider does not know is left out for it.
public struct ChatSampling: Sendable, Equatable {
    /// 0 always takes the likeliest word; above 1 it gets wild. From 0 to 2.
    public var temperature: Double?
    /// Only words that together have this probability are drawn from. From 0 to 1.
    public var topP: Double?
    /// The most tokens of the answer.
    public var maximumTokens: Int?
    /// Texts that end the answer.
    public var stop: [String] = []
    /// Makes the draw repeatable, as far as the provider can.
    public var seed: Int?
    /// From -2 to 2.
    public var presencePenalty: Double?
    /// From -2 to 2.
    public var frequencyPenalty: Double?

    /// Leaves everything to the provider.
    public init() {}
}
