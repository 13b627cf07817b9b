import Domain

/// A question for a model and the form in which the client wants the answer.
struct ChatOrder: Sendable {
    var request: ChatRequest
    /// In pieces, as they are made.
    var streams: Bool
    /// With a last piece that says what it cost.
    var includesUsage: Bool
    /// The client speaks of `functions`, as was done before there were tools.
    var usesFunctions: Bool
}
