/// The usual limits, in requests a minute; 0 for any number.
public struct RateLimits: Sendable {
    /// Jobs, and what OpenAI's clients ask for.
    public var process: Int
    /// Classifying.
    public var classify: Int

    /// No limits at all.
    public static let none = RateLimits(process: 0, classify: 0)

    /// Gathers the limits.
    public init(process: Int, classify: Int) {
        self.process = process
        self.classify = classify
    }

    func limit(_ rule: RateRule) -> Int {
        switch rule {
        case .process: process
        case .classify: classify
        }
    }
}
