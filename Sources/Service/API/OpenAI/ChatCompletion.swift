import Domain
import JSON

/// Writes answers as `chat.completion`.
enum ChatCompletion {
    /// The whole answer as JSON text. `created` is in seconds since 1970.
    static func body(_ result: ChatResult, id: String, created: Int, usesFunctions: Bool) -> [UInt8] {
        JSONWriter.object(capacity: 512 + result.text.utf8.count) { object in
            object.field("id", id)
            object.field("object", "chat.completion")
            object.field("created", created)
            object.field("model", result.end.model)
            object.array("choices") { choices in
                choices.object { choice in
                    choice.field("index", 0)
                    choice.object("message") { write(result, usesFunctions, to: &$0) }
                    choice.null("logprobs")
                    choice.field(
                        "finish_reason",
                        reason(result.end.reason, calls: !result.toolCalls.isEmpty, usesFunctions: usesFunctions))
                }
            }
            object.object("usage") { write(result.end.tokens, to: &$0) }
            object.null("system_fingerprint")
        }
    }

    private static func write(_ result: ChatResult, _ usesFunctions: Bool, to message: inout JSONObjectWriter) {
        message.field("role", "assistant")
        message.field("content", result.text.isEmpty && !result.toolCalls.isEmpty ? nil : result.text)
        message.field("reasoning_content", ifPresent: result.reasoning)
        message.null("refusal")
        guard !result.toolCalls.isEmpty else { return }
        if usesFunctions {
            message.object("function_call") { function in
                function.field("name", result.toolCalls[0].name)
                function.field("arguments", result.toolCalls[0].arguments)
            }
            return
        }
        message.array("tool_calls") { calls in
            for call in result.toolCalls {
                calls.object { object in
                    object.field("id", call.id)
                    object.field("type", "function")
                    object.object("function") { function in
                        function.field("name", call.name)
                        function.field("arguments", call.arguments)
                    }
                }
            }
        }
    }

    /// Some providers say `stop` although they want tools called; clients go by this word alone.
    static func reason(_ reason: ChatEnd.Reason, calls hasCalls: Bool, usesFunctions: Bool) -> String {
        let call = usesFunctions ? "function_call" : "tool_calls"
        switch reason {
        case .length: return "length"
        case .toolCalls: return call
        case .blocked: return "content_filter"
        case .stop, .other: return hasCalls ? call : "stop"
        }
    }

    static func write(_ tokens: TokenUsage, to usage: inout JSONObjectWriter) {
        usage.field("prompt_tokens", tokens.prompt)
        usage.field("completion_tokens", tokens.completion)
        usage.field("total_tokens", tokens.total)
        usage.object("prompt_tokens_details") { $0.field("cached_tokens", tokens.precached) }
    }
}
