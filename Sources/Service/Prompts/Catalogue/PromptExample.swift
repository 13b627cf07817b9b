/// A task and the answer a model should give to it.
public struct PromptExample: Sendable, Equatable {
    /// The task in the form the user prompt has.
    public let request: String
    /// The answer, word for word.
    public let response: String
    /// The user's words in `request`: the paragraph under «Задача:», or else all of it.
    let task: String
    /// By which the example is found for a task: made once, since every job asks for it.
    let features: LexicalFeatures
    /// What the example costs in a prompt, by `TokenEstimate`.
    let tokens: Int
    /// How it stands in a prompt, behind its number.
    let shown: CostedText

    /// An example from its parts.
    public init(request: String, response: String) {
        self.request = request
        self.response = response
        task = Self.task(of: request)
        features = LexicalFeatures(task)
        tokens = TokenEstimate.tokens(in: request + response)
        shown = CostedText(
            """
            Запрос:
            \(request.trimmingBlanks())
            Ответ:
            \(response.trimmingBlanks())
            """)
    }

    private static func task(of request: String) -> String {
        let lines = request.split(separator: "\n", omittingEmptySubsequences: false)
        guard let mark = lines.firstIndex(where: { $0.trimmingBlanks() == "Задача:" }) else { return request }
        let paragraph = lines[(mark + 1)...].prefix { !$0.trimmingBlanks().isEmpty }
        return paragraph.joined(separator: "\n")
    }

    /// Whether both say the same: all else follows from that.
    public static func == (left: PromptExample, right: PromptExample) -> Bool {
        left.request == right.request && left.response == right.response
    }
}
