import Domain

/// The words by which providers say why a model stopped.
enum FinishReason {
    /// The neutral reason. Throws for words that mean that there is no usable answer.
    static func read(_ word: String) throws(AnswerFault) -> ChatEnd.Reason {
        switch word {
        case "stop", "STOP": .stop
        case "length", "model_length", "MAX_TOKENS": .length
        case "function_call", "tool_calls": .toolCalls
        case "blacklist", "content_filter", "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII": .blocked
        case "error": throw .malformed("the model says that its answer is of no use")
        case "insufficient_system_resource":
            throw AnswerFault(failureClass: .server, detail: "the model ran out of resources")
        default: .other(String(word.prefix(100)))
        }
    }
}
