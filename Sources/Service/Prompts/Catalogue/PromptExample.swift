/// A task and the answer a model should give to it.
public struct PromptExample: Sendable, Equatable {
    /// The task in the form the user prompt has.
    public let request: String
    /// The answer, word for word.
    public let response: String

    /// An example from its parts.
    public init(request: String, response: String) {
        self.request = request
        self.response = response
    }

    /// The user's words in `request`: the paragraph under «Задача:», or else all of it.
    var task: String {
        let lines = request.split(separator: "\n", omittingEmptySubsequences: false)
        guard let mark = lines.firstIndex(where: { $0.trimmingBlanks() == "Задача:" }) else { return request }
        let paragraph = lines[(mark + 1)...].prefix { !$0.trimmingBlanks().isEmpty }
        return paragraph.joined(separator: "\n")
    }
}
