import Domain
import JSON

/// Writes the pieces of an answer as `chat.completion.chunk`.
struct ChatChunks {
    private let order: ChatOrder
    /// What every piece begins with, up to the choices.
    private let beginning: [UInt8]
    private var hasCalls = false

    /// `created` is in seconds since 1970.
    init(_ order: ChatOrder, id: String, created: Int, model: String) {
        self.order = order
        beginning = JSONWriter.object { object in
            object.field("id", id)
            object.field("object", "chat.completion.chunk")
            object.field("created", created)
            object.field("model", model)
            object.null("system_fingerprint")
        }.dropLast()
    }

    /// The piece that says who speaks.
    func first() -> [UInt8] {
        chunk { delta in
            delta.field("role", "assistant")
            delta.field("content", "")
        }
    }

    mutating func piece(_ event: ChatEvent) -> [UInt8] {
        switch event {
        case .text(let text): return chunk { $0.field("content", text) }
        case .reasoning(let text): return chunk { $0.field("reasoning_content", text) }
        case .toolCall(let index, let id, let name, let arguments):
            hasCalls = true
            let usesFunctions = order.usesFunctions
            return chunk { delta in
                if usesFunctions {
                    delta.object("function_call") { Self.write(name, arguments, to: &$0) }
                } else {
                    delta.array("tool_calls") { $0.object { Self.write(index, id, name, arguments, to: &$0) } }
                }
            }
        }
    }

    /// The piece that says why the answer ends.
    func last(_ reason: ChatEnd.Reason) -> [UInt8] {
        let word = ChatCompletion.reason(reason, calls: hasCalls, usesFunctions: order.usesFunctions)
        return chunk(finishReason: word) { _ in }
    }

    /// The piece that says what it cost; it has no choices.
    func usage(_ tokens: TokenUsage) -> [UInt8] {
        beginning
            + Array(",\"choices\":[],\"usage\":".utf8)
            + JSONWriter.object { ChatCompletion.write(tokens, to: &$0) } + [UInt8(ascii: "}")]
    }

    private func chunk(finishReason: String? = nil, _ delta: (inout JSONObjectWriter) -> Void) -> [UInt8] {
        var bytes = beginning
        bytes += ",\"choices\":[".utf8
        bytes += JSONWriter.object { choice in
            choice.field("index", 0)
            choice.object("delta", delta)
            choice.null("logprobs")
            choice.field("finish_reason", finishReason)
        }
        bytes += (order.includesUsage ? "],\"usage\":null}" : "]}").utf8
        return bytes
    }

    private static func write(
        _ index: Int, _ id: String?, _ name: String?, _ arguments: String, to call: inout JSONObjectWriter
    ) {
        call.field("index", index)
        call.field("id", ifPresent: id)
        if id != nil || name != nil { call.field("type", "function") }
        call.object("function") { write(name, arguments, to: &$0) }
    }

    private static func write(_ name: String?, _ arguments: String, to function: inout JSONObjectWriter) {
        function.field("name", ifPresent: name)
        function.field("arguments", arguments)
    }
}
