import Domain
import JSON

extension ChatRequestReader {
    mutating func sampling(_ body: JSONObject) -> ChatSampling {
        var sampling = ChatSampling()
        sampling.temperature = faults.number(body["temperature"], FieldPath("temperature"), in: 0...2)
        sampling.topP = faults.number(body["top_p"], FieldPath("top_p"), in: 0...1)
        let older = faults.integer(body["max_tokens"], FieldPath("max_tokens"), in: ChatLimits.tokens)
        let newer = faults.integer(
            body["max_completion_tokens"], FieldPath("max_completion_tokens"), in: ChatLimits.tokens)
        sampling.maximumTokens = newer ?? older
        sampling.stop = stop(body["stop"])
        sampling.seed = faults.integer(body["seed"], FieldPath("seed"), in: .min ... .max)
        sampling.presencePenalty = faults.number(body["presence_penalty"], FieldPath("presence_penalty"), in: -2...2)
        sampling.frequencyPenalty = faults.number(
            body["frequency_penalty"], FieldPath("frequency_penalty"), in: -2...2)
        return sampling
    }

    private mutating func stop(_ value: JSONValue?) -> [String] {
        let path = FieldPath("stop")
        switch value {
        case nil, .null: return []
        case .string(let text): return stop(text, path).map { [$0] } ?? []
        case .array:
            var texts: [String] = []
            for (index, element) in (faults.array(value, path, atMost: ChatLimits.stops) ?? []).enumerated() {
                guard case .string(let text) = element else {
                    faults.wrongType(path.element(index), element, .aString)
                    continue
                }
                if let text = stop(text, path.element(index)) { texts.append(text) }
            }
            return texts
        case let other?:
            faults.wrongType(path, other, .aTextOrTexts)
            return []
        }
    }

    private mutating func stop(_ text: String, _ path: FieldPath) -> String? {
        if text.isEmpty {
            faults.add(path, .notEmpty)
        } else if text.utf8.count > ChatLimits.stopBytes {
            faults.add(path, .atMostBytes(ChatLimits.stopBytes), code: "string_above_max_length")
        } else {
            return text
        }
        return nil
    }

    mutating func format(_ value: JSONValue?) -> ChatFormat {
        let path = FieldPath("response_format")
        guard let object = faults.object(value, path) else { return .text }
        switch object["type"]?.stringValue {
        case "text": return .text
        case "json_object": return .jsonObject
        case "json_schema": return schema(object["json_schema"], path.member("json_schema"))
        default:
            faults.add(path.member("type"), .oneOf(["text", "json_object", "json_schema"]))
            return .text
        }
    }

    private mutating func schema(_ value: JSONValue?, _ path: FieldPath) -> ChatFormat {
        guard let object = faults.object(value, path) else {
            if value?.isNull ?? true { faults.missing(path) }
            return .text
        }
        let name = faults.name(object["name"], path.member("name")) ?? ""
        let isStrict = faults.bool(object["strict"], path.member("strict")) ?? false
        let schema = faults.object(object["schema"], path.member("schema"))
        if object["schema"]?.isNull ?? true { faults.missing(path.member("schema")) }
        return .jsonSchema(name: name, schema: .object(schema ?? JSONObject()), isStrict: isStrict)
    }
}
