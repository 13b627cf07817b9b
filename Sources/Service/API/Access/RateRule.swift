import HTTP

/// What clients may do only so often.
enum RateRule: String, Sendable {
    /// Having a model work: jobs, and what OpenAI's clients ask for.
    case process
    /// Classifying.
    case classify

    /// The rule of a route, by the pattern it has in the router; nil for routes without a limit.
    static func of(_ method: Method, _ pattern: String) -> RateRule? {
        method == .post ? table[pattern] : nil
    }

    private static let table: [String: RateRule] = [
        "/api/ai/process": .process, "/v1/chat/completions": .process, "/v1/embeddings": .process,
        "/api/prompts/classify": .classify,
    ]
}
