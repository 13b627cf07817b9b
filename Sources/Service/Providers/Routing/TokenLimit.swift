import Domain

/// The bound on what one request may cost, kept before anything is sent.
enum TokenLimit {
    /// Refuses a question that is too long for sure and bounds its answer. A token is at least counted for four
    /// characters: a guess that errs on the side of letting through, since only the provider can count.
    static func bounded(_ request: ChatRequest, to limit: Int?) throws(ModelFailure) -> ChatRequest {
        guard let limit else { return request }
        let characters = request.messages.reduce(0) { $0 + $1.text.unicodeScalars.count }
        guard characters / charactersPerToken <= limit else {
            throw ModelFailure(
                .badRequest,
                "the question has at least \(characters / charactersPerToken) tokens, and \(limit) are allowed")
        }
        var request = request
        request.sampling.maximumTokens = min(request.sampling.maximumTokens ?? limit, limit)
        return request
    }

    private static let charactersPerToken = 4
}
