import Domain
import JSON

/// What a message or a delta says, in whichever provider's form.
struct WireMessage {
    /// Text that belongs to the answer.
    var text = ""
    /// Text that the model thinks aloud.
    var reasoning = ""
    /// Calls, or pieces of them.
    var calls: [Call] = []

    /// A tool call or a piece of one.
    struct Call {
        /// Its number in the answer.
        var index: Int
        /// Its id, where given.
        var id: String?
        /// Its name, where given.
        var name: String?
        /// Arguments, or more of them, as text.
        var arguments: String
    }

    /// Reads a `message` or `delta`. GigaChat's built-in functions announce themselves with a role of their own: there
    /// is nothing in such a piece for anybody.
    init(_ message: JSONValue) {
        if message["role"]?.stringValue == "function_in_progress" { return }
        readContent(message["content"])
        reasoning += message["reasoning_content"]?.stringValue ?? message["reasoning"]?.stringValue ?? ""
        for (position, call) in (message["tool_calls"]?.arrayValue ?? []).enumerated() {
            calls.append(Self.call(call, position))
        }
        if let function = message["function_call"], function.objectValue != nil, calls.isEmpty {
            let id = message["functions_state_id"]?.stringValue
            calls.append(Call(index: 0, id: id, name: Self.name(function), arguments: Self.arguments(function)))
        }
    }

    /// A string, or a list of parts (Mistral's reasoning models).
    private mutating func readContent(_ content: JSONValue?) {
        if let string = content?.stringValue { text = string }
        for part in content?.arrayValue ?? [] {
            if let thinking = part["thinking"] {
                let inner = thinking.arrayValue?.compactMap { $0["text"]?.stringValue }.joined()
                reasoning += thinking.stringValue ?? inner ?? ""
            } else {
                text += part["text"]?.stringValue ?? part.stringValue ?? ""
            }
        }
    }

    private static func call(_ call: JSONValue, _ position: Int) -> Call {
        // The number goes into tables above: one that nobody could mean is as good as none.
        let index = call["index"]?.intValue.flatMap { (0..<1024).contains($0) ? $0 : nil }
        let function = call["function"] ?? .null
        return Call(
            index: index ?? position, id: call["id"]?.stringValue.flatMap { $0.isEmpty || $0 == "null" ? nil : $0 },
            name: name(function), arguments: arguments(function))
    }

    private static func name(_ function: JSONValue) -> String? {
        function["name"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// JSON text: as it came, or written out where the wire has an object.
    private static func arguments(_ function: JSONValue) -> String {
        switch function["arguments"] {
        case nil, .null: ""
        case .string(let text): text
        case .some(let value): value.description
        }
    }
}
