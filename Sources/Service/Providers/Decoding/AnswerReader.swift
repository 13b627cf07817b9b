import Domain
import JSON

/// Reads whole answers in the form that OpenAI's API and GigaChat's v1 share.
enum AnswerReader {
    /// The value of a body. A byte order mark, blanks before it (DeepSeek keeps connections alive with them) and broken
    /// UTF-8 are put up with.
    static func value(_ body: [UInt8]) throws(AnswerFault) -> JSONValue {
        let bytes = body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
        do throws(JSONParseError) {
            return try JSONParser().parse(bytes)
        } catch {
            guard error.reason == .invalidUTF8 else { throw .malformed("the answer is no JSON: \(error)") }
        }
        do throws(JSONParseError) {
            return try JSONParser().parse(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw .malformed("the answer is no JSON: \(error)")
        }
    }

    /// The answer in a body. `end.model` is `asked` where the answer names none.
    static func chat(_ body: JSONValue, provider: String, asked: String) throws(AnswerFault) -> ChatResult {
        guard let choice = body["choices"]?[0] else { throw .malformed("the answer has no choices") }
        guard let message = choice["message"], message.objectValue != nil else {
            throw .malformed("the answer has no message")
        }
        let parts = WireMessage(message)
        let calls = parts.calls.compactMap { call in
            call.name.map { ChatToolCall(id: call.id ?? ToolCallID.make(), name: $0, arguments: call.arguments) }
        }
        let end = ChatEnd(
            reason: try reason(choice["finish_reason"], hasCalls: !calls.isEmpty),
            tokens: WireUsage.read(body["usage"]), model: body["model"]?.stringValue ?? asked, provider: provider)
        return ChatResult(
            text: parts.text, reasoning: parts.reasoning.isEmpty ? nil : parts.reasoning, toolCalls: calls, end: end)
    }

    /// The reason of a whole answer; one that gives none was through.
    static func reason(_ value: JSONValue?, hasCalls: Bool) throws(AnswerFault) -> ChatEnd.Reason {
        guard let word = value?.stringValue else { return hasCalls ? .toolCalls : .stop }
        let reason = try FinishReason.read(word)
        return reason == .stop && hasCalls ? .toolCalls : reason
    }

    /// The vectors in a body, in the order of the texts. GigaChat counts tokens text by text, the others all together.
    static func embeddings(
        _ body: JSONValue, count: Int, provider: String, asked: String
    ) throws(AnswerFault) -> EmbeddingResult {
        var vectors = [[Double]](repeating: [], count: count)
        var tokens = 0
        for (position, item) in (body["data"]?.arrayValue ?? []).enumerated() {
            let index = item["index"]?.intValue ?? position
            guard vectors.indices.contains(index), let values = item["embedding"]?.arrayValue else { continue }
            vectors[index] = values.compactMap(\.doubleValue)
            tokens += WireUsage.count(item["usage"]?["prompt_tokens"]) ?? 0
        }
        guard vectors.allSatisfy({ !$0.isEmpty }) else { throw .malformed("a text has got no vector") }
        return EmbeddingResult(
            vectors: vectors, promptTokens: WireUsage.count(body["usage"]?["prompt_tokens"]) ?? tokens,
            model: body["model"]?.stringValue ?? asked, provider: provider)
    }
}
