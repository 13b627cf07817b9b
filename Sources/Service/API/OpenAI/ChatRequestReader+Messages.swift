import Domain
import JSON

extension ChatRequestReader {
    private static let roles = ["system", "developer", "user", "assistant", "tool", "function"]

    mutating func messages(_ body: JSONObject) -> [ChatMessage] {
        let path = FieldPath("messages")
        guard let value = body["messages"], !value.isNull else {
            faults.missing(path)
            return []
        }
        guard let elements = faults.array(value, path, atMost: ChatLimits.messages) else { return [] }
        if elements.isEmpty { faults.add(path, .notEmpty, code: "empty_array") }
        var messages: [ChatMessage] = []
        messages.reserveCapacity(elements.count)
        var bytes = 0
        for (index, element) in elements.enumerated() {
            guard let message = message(element, index, after: messages.last) else { continue }
            bytes += message.text.utf8.count + message.toolCalls.reduce(0) { $0 + $1.arguments.utf8.count }
            messages.append(message)
        }
        if bytes > ChatLimits.textBytes {
            faults.add(path, .atMostBytes(ChatLimits.textBytes), code: "context_length_exceeded")
        }
        return messages
    }

    private mutating func message(_ value: JSONValue, _ index: Int, after previous: ChatMessage?) -> ChatMessage? {
        let path = FieldPath("messages").element(index)
        guard case .object(let object) = value else {
            faults.wrongType(path, value, .anObject)
            return nil
        }
        guard let role = role(object["role"], path.member("role")) else { return nil }
        let content = text(object["content"], path.member("content"), of: role)
        switch role {
        case "assistant": return assistant(object, content, path, index)
        case "tool": return tool(object, content, path)
        case "function": return function(object, content, path, after: previous)
        default:
            if content == nil { requireContent(object, path) }
            return ChatMessage(role == "user" ? .user : .system, content ?? "")
        }
    }

    private mutating func role(_ value: JSONValue?, _ path: FieldPath) -> String? {
        guard let value, !value.isNull else {
            faults.missing(path)
            return nil
        }
        guard let role = faults.string(value, path) else { return nil }
        if Self.roles.contains(role) { return role }
        faults.add(path, .oneOf(Self.roles))
        return nil
    }

    /// A string, or the texts of parts one below the other.
    private mutating func text(_ value: JSONValue?, _ path: FieldPath, of role: String) -> String? {
        guard let value, !value.isNull else { return nil }
        if case .string(let text) = value { return text }
        guard case .array = value else {
            faults.wrongType(path, value, .aTextOrParts)
            return nil
        }
        guard let parts = faults.array(value, path, atMost: ChatLimits.parts) else { return nil }
        var texts: [String] = []
        for (index, part) in parts.enumerated() {
            if let text = self.part(part, path.element(index), of: role) { texts.append(text) }
        }
        return texts.joined(separator: "\n")
    }

    private mutating func part(_ value: JSONValue, _ path: FieldPath, of role: String) -> String? {
        guard let part = faults.requiredObject(value, path) else { return nil }
        let field: String
        switch part["type"]?.stringValue {
        case "text": field = "text"
        case "refusal" where role == "assistant": field = "refusal"
        default:
            faults.add(path.member("type"), .onlyTextParts, code: "unsupported_content")
            return nil
        }
        guard let value = part[field], !value.isNull else {
            faults.missing(path.member(field))
            return nil
        }
        return faults.string(value, path.member(field))
    }

    /// Only what is not there at all: content of a wrong type has been found wrong already.
    private mutating func requireContent(_ message: JSONObject, _ path: FieldPath) {
        if message["content"]?.isNull ?? true { faults.missing(path.member("content")) }
    }

    // MARK: Tools in the conversation

    private mutating func assistant(
        _ object: JSONObject, _ content: String?, _ path: FieldPath, _ index: Int
    ) -> ChatMessage {
        var calls = toolCalls(object["tool_calls"], path.member("tool_calls"))
        if let call = faults.object(object["function_call"], path.member("function_call")) {
            // Functions had no ids; the answer that follows is given the same one.
            let id = "call_\(index)"
            if let call = self.call(call, path.member("function_call"), id: id) { calls.append(call) }
        }
        if content == nil, saysNothing(object["tool_calls"]), saysNothing(object["function_call"]) {
            requireContent(object, path)
        }
        return ChatMessage(.assistant, content ?? "", toolCalls: calls)
    }

    /// A value of a wrong type says something, and has been found wrong already.
    private func saysNothing(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null: true
        case .array(let elements): elements.isEmpty
        default: false
        }
    }

    private mutating func toolCalls(_ value: JSONValue?, _ path: FieldPath) -> [ChatToolCall] {
        var calls: [ChatToolCall] = []
        for (index, element) in (faults.array(value, path, atMost: ChatLimits.toolCalls) ?? []).enumerated() {
            let path = path.element(index)
            guard let object = faults.requiredObject(element, path) else { continue }
            let id = requiredID(object["id"], path.member("id"))
            guard isFunction(object["type"], path.member("type")) else { continue }
            guard let function = faults.object(object["function"], path.member("function")) else {
                if object["function"]?.isNull ?? true { faults.missing(path.member("function")) }
                continue
            }
            if let call = call(function, path.member("function"), id: id ?? "") { calls.append(call) }
        }
        return calls
    }

    private mutating func call(_ object: JSONObject, _ path: FieldPath, id: String) -> ChatToolCall? {
        guard let name = faults.name(object["name"], path.member("name")) else { return nil }
        let arguments = faults.string(object["arguments"], path.member("arguments")) ?? "{}"
        return ChatToolCall(id: id, name: name, arguments: arguments)
    }

    private mutating func requiredID(_ value: JSONValue?, _ path: FieldPath) -> String? {
        guard let value, !value.isNull else {
            faults.missing(path)
            return nil
        }
        guard let id = faults.string(value, path) else { return nil }
        if id.utf8.count <= ChatLimits.descriptionBytes { return id }
        faults.add(path, .atMostBytes(ChatLimits.descriptionBytes), code: "string_above_max_length")
        return nil
    }

    private mutating func tool(_ object: JSONObject, _ content: String?, _ path: FieldPath) -> ChatMessage {
        if content == nil { requireContent(object, path) }
        let id = requiredID(object["tool_call_id"], path.member("tool_call_id"))
        let name = faults.string(object["name"], path.member("name"))
        return ChatMessage(.tool, content ?? "", toolCallID: id, name: name)
    }

    private mutating func function(
        _ object: JSONObject, _ content: String?, _ path: FieldPath, after previous: ChatMessage?
    ) -> ChatMessage {
        let name = faults.name(object["name"], path.member("name"))
        let id = previous?.toolCalls.last.flatMap { $0.name == name ? $0.id : nil }
        return ChatMessage(.tool, content ?? "", toolCallID: id, name: name)
    }
}
