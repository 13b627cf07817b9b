import Domain
import JSON

/// Writes the body of GigaChat's `POST /chat/completions` (v1). What GigaChat refuses is mended or refused here, with a
/// text that says what is wrong; what it silently ignores (`stop`, `seed`, the penalties) is left out.
enum GigaChatRequest {
    /// GigaChat refuses `json_object`; this sentence above the conversation stands for it.
    static let objectInstruction =
        "Ответь одним объектом JSON. Не добавляй пояснений и не заключай ответ в кавычки или блок кода."

    /// The body that asks `model`. Throws `.badRequest` for what cannot be said to GigaChat.
    static func body(_ request: ChatRequest, model: String, streams: Bool) throws(ModelFailure) -> [UInt8] {
        let turns = try GigaChatHistory.turns(
            request.messages, instruction: request.format == .jsonObject ? objectInstruction : nil)
        for tool in request.tools { try check(functionName: tool.name) }
        if case .named(let name) = request.toolChoice, !request.tools.contains(where: { $0.name == name }) {
            throw ModelFailure(.badRequest, "the tool \(name) is to be called but is not among the tools")
        }
        return JSONWriter.object(capacity: 1024) { body in
            body.field("model", model)
            body.array("messages") { list in
                for turn in turns { list.object { turn.write(to: &$0) } }
            }
            if streams { body.field("stream", true) }
            write(request.sampling, to: &body)
            write(request.tools, request.toolChoice, to: &body)
            write(request.format, to: &body)
        }
    }

    /// Names have Latin letters, digits (not in front), `_`, `-` and `.`.
    static func check(functionName name: String) throws(ModelFailure) {
        let isStart: (UInt8) -> Bool = { (0x41...0x5A).contains($0 & 0xDF) || [0x5F, 0x2D, 0x2E].contains($0) }
        if let first = name.utf8.first, isStart(first),
            name.utf8.allSatisfy({ isStart($0) || (0x30...0x39).contains($0) })
        {
            return
        }
        throw ModelFailure(
            .badRequest,
            "the name of the tool \"\(name.prefix(80))\" does not suit GigaChat, which takes Latin letters, _, -, . "
                + "and, but for the first place, digits")
    }

    /// A temperature of 0 is refused; a `top_p` of 0 takes the likeliest word just as well.
    private static func write(_ sampling: ChatSampling, to body: inout JSONObjectWriter) {
        if let temperature = sampling.temperature, temperature <= 0 {
            body.field("top_p", 0)
        } else {
            body.field("temperature", ifPresent: sampling.temperature.map { min($0, 2) })
            body.field("top_p", ifPresent: sampling.topP.map { min(max($0, 0), 1) })
        }
        body.field("max_tokens", ifPresent: sampling.maximumTokens.map { max($0, 1) })
    }

    private static func write(_ tools: [ChatTool], _ choice: ChatTool.Choice, to body: inout JSONObjectWriter) {
        guard !tools.isEmpty else { return }
        body.array("functions") { list in
            for tool in tools {
                list.object { function in
                    function.field("name", tool.name)
                    function.field("description", ifPresent: tool.description)
                    function.field("parameters", tool.parameters ?? ["type": "object", "properties": [:]])
                }
            }
        }
        switch choice {
        case .automatic: body.field("function_call", "auto")
        case .none: body.field("function_call", "none")
        case .named(let name): body.object("function_call") { $0.field("name", name) }
        case .required where tools.count == 1: body.object("function_call") { $0.field("name", tools[0].name) }
        // GigaChat cannot be told to call just any of several.
        case .required: body.field("function_call", "auto")
        }
    }

    private static func write(_ format: ChatFormat, to body: inout JSONObjectWriter) {
        guard case .jsonSchema(_, let schema, let isStrict) = format else { return }
        body.object("response_format") { object in
            object.field("type", "json_schema")
            object.field("schema", schema)
            object.field("strict", isStrict)
        }
    }
}
