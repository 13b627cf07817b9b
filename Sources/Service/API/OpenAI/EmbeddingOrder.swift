import Domain
import JSON

/// A question for vectors and the form in which the client wants them.
struct EmbeddingOrder: Sendable {
    var request: EmbeddingRequest
    /// As the bytes of 32-bit numbers in base64, which OpenAI's Python client asks for unless it is told otherwise.
    var isBase64: Bool

    /// Reads the body of `POST /v1/embeddings`.
    static func read(_ body: JSONObject, model: String?, context: CallContext) throws(OpenAIError) -> EmbeddingOrder {
        var faults = FieldFaults()
        let named = faults.string(body["model"], FieldPath("model"))
        if let named, named.utf8.count > ChatLimits.nameBytes {
            faults.add(FieldPath("model"), .atMostBytes(ChatLimits.nameBytes), code: "string_above_max_length")
        }
        let inputs = inputs(body["input"], &faults)
        let format = faults.string(body["encoding_format"], FieldPath("encoding_format")) ?? "float"
        if !["float", "base64"].contains(format) {
            faults.add(FieldPath("encoding_format"), .oneOf(["float", "base64"]))
        }
        if let dimensions = body["dimensions"], !dimensions.isNull {
            faults.add(FieldPath("dimensions"), .dimensionsNotSupported, code: "unsupported_parameter")
        }
        if let error = faults.error { throw error }
        let target = ModelName.target(model ?? named, for: .embedding)
        return EmbeddingOrder(
            request: EmbeddingRequest(target, inputs, context: context), isBase64: format == "base64")
    }

    private static func inputs(_ value: JSONValue?, _ faults: inout FieldFaults) -> [String] {
        let path = FieldPath("input")
        var texts: [String] = []
        switch value {
        case nil, .null: faults.missing(path)
        case .string(""): faults.add(path, .notEmpty)
        case .string(let text): texts = [text]
        case .array:
            let elements = faults.array(value, path, atMost: ChatLimits.embeddingInputs) ?? []
            if elements.isEmpty { faults.add(path, .notEmpty, code: "empty_array") }
            for (index, element) in elements.enumerated() {
                switch element {
                case .string(""): faults.add(path.element(index), .notEmpty)
                case .string(let text): texts.append(text)
                case .integer, .array: faults.add(path.element(index), .tokensNotSupported, code: "unsupported_value")
                default: faults.wrongType(path.element(index), element, .aString)
                }
            }
        case let other?: faults.wrongType(path, other, .aTextOrTexts)
        }
        if texts.reduce(0, { $0 + $1.utf8.count }) > ChatLimits.textBytes {
            faults.add(path, .atMostBytes(ChatLimits.textBytes), code: "context_length_exceeded")
        }
        return texts
    }
}
