import JSON

/// Turns an answer into the events of a stream.
struct FakeEventStream {
    let answer: FakeChatAnswer
    let shape: StreamShape

    /// The events, each as it is written.
    func pieces() -> [[UInt8]] {
        var events = deltas().map { event(chunk($0)) }
        events += shape.rawEvents.map { event(text: $0) }
        events.append(event(lastChunk()))
        if shape.usage == .ownChunk {
            events.append(event(answer.envelope([("choices", []), ("usage", answer.usage)])))
        }
        if shape.hasDoneMarker { events.append(event(text: "[DONE]")) }
        if !shape.trailer.isEmpty { events.append(Array(shape.trailer.utf8)) }
        return shape.isOneWrite ? [events.flatMap(\.self)] : events
    }

    /// The first one names the role, as GigaChat's do.
    private func deltas() -> [JSONValue] {
        if let deltas = shape.deltas { return deltas }
        let thoughts = answer.reasoning.map { [JSONValue.object(["reasoning_content": .string($0)])] } ?? []
        return thoughts
            + texts().enumerated().map { index, text in
                index == 0 ? ["content": .string(text), "role": "assistant"] : ["content": .string(text)]
            }
    }

    private func texts() -> [String] {
        let characters = Array(answer.text)
        let size = max(1, (characters.count + shape.chunks - 1) / max(1, shape.chunks))
        return stride(from: 0, to: max(1, characters.count), by: size).map { start in
            String(characters[start..<min(start + size, characters.count)])
        }
    }

    private func chunk(_ delta: JSONValue) -> JSONValue {
        answer.envelope([("choices", [["delta": delta, "index": 0]])])
    }

    private func lastChunk() -> JSONValue {
        var choice: [(String, JSONValue)] = [("delta", ["content": ""]), ("index", 0)]
        if let reason = shape.finishReason { choice.append(("finish_reason", .string(reason))) }
        var members: [(String, JSONValue)] = [("choices", [.object(JSONObject(choice))])]
        if shape.usage == .lastChunk { members.append(("usage", answer.usage)) }
        return answer.envelope(members)
    }

    private func event(_ value: JSONValue) -> [UInt8] {
        event(text: value.description)
    }

    /// A value with line ends becomes several `data` lines.
    private func event(text: String) -> [UInt8] {
        var out = ""
        for line in shape.extraLines { out += line + shape.lineEnd }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            out += "data:" + shape.blank + line + shape.lineEnd
        }
        return Array((out + shape.lineEnd).utf8)
    }
}
