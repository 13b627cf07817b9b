import Domain
import JSON

/// Brings a conversation into the order that GigaChat insists on: one system message in front, no two turns of the same
/// side in a row, and after each function call its result.
struct GigaChatHistory {
    private(set) var turns: [GigaChatTurn] = []
    private var instructions: [String] = []
    /// Calls of the last assistant's turn that no result has come for yet.
    private var open: [ChatToolCall] = []

    /// The turns of `messages`, with `instruction` added to what stands above them.
    static func turns(
        _ messages: [ChatMessage], instruction: String? = nil
    ) throws(ModelFailure) -> [GigaChatTurn] {
        var history = GigaChatHistory()
        for message in messages { try history.take(message) }
        try history.requireNoOpenCall()
        let system = (history.instructions + [instruction].compactMap(\.self)).joined(separator: "\n\n")
        return (system.isEmpty ? [] : [GigaChatTurn(.system, system)]) + history.turns
    }

    private mutating func take(_ message: ChatMessage) throws(ModelFailure) {
        if message.role == .tool { return try take(result: message) }
        if message.role == .system {
            if !message.text.isEmpty { instructions.append(message.text) }
            return
        }
        try requireNoOpenCall()
        add(message.role == .user ? .user : .assistant, message.text)
        if message.role == .assistant { open = message.toolCalls }
    }

    private mutating func add(_ role: GigaChatTurn.Role, _ text: String) {
        guard let last = turns.indices.last, turns[last].role == role, turns[last].call == nil else {
            return turns.append(GigaChatTurn(role, text))
        }
        let parts = [turns[last].text, text].filter { !$0.isEmpty }
        turns[last].text = parts.joined(separator: "\n\n")
    }

    /// GigaChat knows one call a turn: where a turn has several, each gets a turn of its own before its result.
    private mutating func take(result: ChatMessage) throws(ModelFailure) {
        let place = result.toolCallID.map { id in open.firstIndex { $0.id == id } } ?? open.indices.first
        guard let place else {
            throw Self.refusal("a tool's answer (\(result.toolCallID ?? "no id")) follows no call of that id")
        }
        let call = try Self.call(open.remove(at: place))
        if let last = turns.indices.last, turns[last].role == .assistant, turns[last].call == nil {
            turns[last].call = call
        } else {
            turns.append(GigaChatTurn(.assistant, "", call: call))
        }
        turns.append(GigaChatTurn(.function, Self.jsonText(result.text), name: call.name))
    }

    private func requireNoOpenCall() throws(ModelFailure) {
        guard let call = open.first else { return }
        throw Self.refusal("the call of \(call.name) has no answer of the tool right after it")
    }

    private static func call(_ call: ChatToolCall) throws(ModelFailure) -> GigaChatTurn.Call {
        try GigaChatRequest.check(functionName: call.name)
        let arguments = call.arguments.isEmpty ? JSONValue.object([:]) : value(call.arguments)
        guard let arguments, arguments.objectValue != nil else {
            throw refusal("the arguments of the call of \(call.name) are no JSON object")
        }
        let isOwn = call.id.isEmpty || call.id.hasPrefix("call_")
        return GigaChatTurn.Call(name: call.name, arguments: arguments, stateID: isOwn ? nil : call.id)
    }

    /// A function's result has to be JSON: an object or a list goes as it is, anything else as `{"result": …}`.
    private static func jsonText(_ text: String) -> String {
        let found = value(text)
        if found?.objectValue != nil || found?.arrayValue != nil { return text }
        return JSONValue.object(["result": found ?? .string(text)]).description
    }

    private static func value(_ text: String) -> JSONValue? {
        do throws(JSONParseError) {
            return try JSONParser().parse(text)
        } catch {
            return nil
        }
    }

    private static func refusal(_ detail: String) -> ModelFailure { ModelFailure(.badRequest, detail) }
}
