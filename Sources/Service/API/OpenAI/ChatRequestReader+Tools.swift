import Domain
import JSON

extension ChatRequestReader {
    /// Reads the tools and which of them have to be used. Says whether they came as `functions`.
    mutating func tools(_ body: JSONObject, into request: inout ChatRequest) -> Bool {
        let path = FieldPath("tools")
        for (index, value) in (faults.array(body["tools"], path, atMost: ChatLimits.tools) ?? []).enumerated() {
            if let tool = tool(value, path.element(index)) { request.tools.append(tool) }
        }
        request.toolChoice = choice(body["tool_choice"], FieldPath("tool_choice"), among: request.tools)
        let functions = FieldPath("functions")
        let list = faults.array(body["functions"], functions, atMost: ChatLimits.tools) ?? []
        guard !list.isEmpty, request.tools.isEmpty else { return false }
        for (index, value) in list.enumerated() {
            if let tool = function(value, functions.element(index)) { request.tools.append(tool) }
        }
        request.toolChoice = choice(body["function_call"], FieldPath("function_call"), among: request.tools)
        return true
    }

    private mutating func tool(_ value: JSONValue, _ path: FieldPath) -> ChatTool? {
        guard let object = faults.requiredObject(value, path) else { return nil }
        guard isFunction(object["type"], path.member("type")) else { return nil }
        guard let value = object["function"], !value.isNull else {
            faults.missing(path.member("function"))
            return nil
        }
        return function(value, path.member("function"))
    }

    /// There are no tools, calls and choices of other types; a type may be left out.
    mutating func isFunction(_ type: JSONValue?, _ path: FieldPath) -> Bool {
        guard let type = faults.string(type, path), type != "function" else { return true }
        faults.add(path, .onlyFunctions, code: "unsupported_value")
        return false
    }

    private mutating func function(_ value: JSONValue, _ path: FieldPath) -> ChatTool? {
        guard let object = faults.requiredObject(value, path) else { return nil }
        let name = faults.name(object["name"], path.member("name"))
        let description = faults.string(object["description"], path.member("description"))
        if let description, description.utf8.count > ChatLimits.descriptionBytes {
            faults.add(
                path.member("description"), .atMostBytes(ChatLimits.descriptionBytes),
                code: "string_above_max_length")
        }
        let parameters = faults.object(object["parameters"], path.member("parameters"))
        guard let name else { return nil }
        return ChatTool(name: name, description: description, parameters: parameters.map(JSONValue.object))
    }

    /// `none`, `auto`, `required`, or an object that names a tool: of both generations of the protocol.
    private mutating func choice(
        _ value: JSONValue?, _ path: FieldPath, among tools: [ChatTool]
    ) -> ChatTool.Choice {
        switch value {
        case nil, .null, "auto": return .automatic
        case "none": return .none
        case "required":
            if tools.isEmpty { faults.add(path, .needsTools) }
            return .required
        case .object(let object):
            guard isFunction(object["type"], path.member("type")) else { return .automatic }
            let (function, place) =
                object["function"].map { ($0["name"], path.member("function").member("name")) }
                ?? (object["name"], path.member("name"))
            guard let name = faults.name(function, place) else { return .automatic }
            if !tools.contains(where: { $0.name == name }) { faults.add(place, .noSuchTool) }
            return .named(name)
        default:
            faults.add(path, .oneOf(["none", "auto", "required"]))
            return .automatic
        }
    }
}
