import Domain
import JSON

/// Turns the body of `POST /v1/chat/completions` into a question for a model, or into one error that names every
/// fault. Unknown fields are ignored.
struct ChatRequestReader {
    var faults = FieldFaults()

    /// Reads a body. `model` is the one that a header asks for, if one does; it wins over the body's.
    static func read(
        _ body: JSONObject, model: String?, context: CallContext
    ) throws(OpenAIError) -> ChatOrder {
        var reader = ChatRequestReader()
        let order = reader.order(body, model: model, context: context)
        if let error = reader.faults.error { throw error }
        return order
    }

    private mutating func order(_ body: JSONObject, model header: String?, context: CallContext) -> ChatOrder {
        let named = boundedName(body["model"], "model")
        var request = ChatRequest(ModelName.target(header ?? named, for: .chat), messages(body), context: context)
        if let user = boundedName(body["user"], "user"), !user.isEmpty { request.context.user = user }
        request.context.session = boundedName(body["prompt_cache_key"], "prompt_cache_key")
        request.sampling = sampling(body)
        request.format = format(body["response_format"])
        let usesFunctions = tools(body, into: &request)
        if let count = faults.integer(body["n"], FieldPath("n"), in: 1...128), count > 1 {
            faults.add(FieldPath("n"), .onlyOneChoice, code: "unsupported_value")
        }
        let streams = faults.bool(body["stream"], FieldPath("stream")) ?? false
        let includesUsage = streamOptions(body["stream_options"], streams: streams)
        return ChatOrder(
            request: request, streams: streams, includesUsage: includesUsage, usesFunctions: usesFunctions)
    }

    private mutating func streamOptions(_ value: JSONValue?, streams: Bool) -> Bool {
        let path = FieldPath("stream_options")
        guard let options = faults.object(value, path) else { return false }
        if !streams { faults.add(path, .onlyWhenStreaming) }
        return faults.bool(options["include_usage"], path.member("include_usage")) ?? false
    }

    private mutating func boundedName(_ value: JSONValue?, _ field: String) -> String? {
        let path = FieldPath(field)
        guard let text = faults.string(value, path) else { return nil }
        if text.utf8.count > ChatLimits.nameBytes {
            faults.add(path, .atMostBytes(ChatLimits.nameBytes), code: "string_above_max_length")
        }
        return text
    }
}
