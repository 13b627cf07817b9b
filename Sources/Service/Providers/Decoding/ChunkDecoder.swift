import Domain
import JSON

/// Turns the data of a stream's events into the pieces of an answer, and knows whether the answer is complete. That it
/// is shows in the reason of its end or the mark `[DONE]`, never in the end of the connection.
struct ChunkDecoder {
    /// What was counted last.
    private(set) var tokens = TokenUsage()
    /// Why the model stopped, once it has said so.
    private(set) var reason: ChatEnd.Reason?
    /// Whether the mark of the end has come; nothing after it counts.
    private(set) var isDone = false
    /// The model that answers, where the stream names it.
    private(set) var model: String?
    /// Calls whose id and name have been handed on.
    private var begunCalls: Set<Int> = []

    /// A decoder at the start of a stream.
    init() {}

    /// Whether the answer is whole.
    var isComplete: Bool { isDone || reason != nil }

    /// Whether the model wants tools called.
    var hasCalls: Bool { !begunCalls.isEmpty }

    /// What a stream's event can hold besides pieces.
    enum Fault: Error, Equatable {
        /// The provider tells of an error: its text as it came.
        case reported(String)
        /// The event is nothing that we know.
        case answer(AnswerFault)
    }

    /// Takes the data of one event.
    mutating func take(_ data: String) throws(Fault) -> [ChatEvent] {
        let isBlank = data.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
        if isDone || isBlank { return [] }
        if data.utf8.starts(with: "[DONE]".utf8) {
            isDone = true
            return []
        }
        let chunk = try Self.value(data)
        // Google wraps what it says in a list at times.
        let body = chunk[0] ?? chunk
        guard body["error"] == nil || body["error"]?.isNull == true else { throw .reported(data) }
        guard let choices = body["choices"]?.arrayValue else {
            if let usage = body["usage"], !usage.isNull { return take(usage: usage) }
            if body["message"] != nil || body["detail"] != nil { throw .reported(data) }
            throw .answer(.malformed("an event of the stream is no piece of an answer"))
        }
        if let usage = body["usage"], !usage.isNull { tokens = WireUsage.read(usage) }
        if let name = body["model"]?.stringValue, !name.isEmpty { model = name }
        return choices.isEmpty ? [] : try take(choice: choices[0])
    }

    private mutating func take(usage: JSONValue) -> [ChatEvent] {
        tokens = WireUsage.read(usage)
        return []
    }

    private mutating func take(choice: JSONValue) throws(Fault) -> [ChatEvent] {
        let message = WireMessage(choice["delta"] ?? choice["message"] ?? .null)
        var events: [ChatEvent] = []
        if !message.reasoning.isEmpty { events.append(.reasoning(message.reasoning)) }
        if !message.text.isEmpty { events.append(.text(message.text)) }
        for call in message.calls { events.append(take(call: call)) }
        if let word = choice["finish_reason"]?.stringValue, !word.isEmpty {
            do throws(AnswerFault) {
                reason = try FinishReason.read(word)
            } catch {
                throw .answer(error)
            }
        }
        return events
    }

    private mutating func take(call: WireMessage.Call) -> ChatEvent {
        let isNew = begunCalls.insert(call.index).inserted
        return .toolCall(
            index: call.index, id: isNew ? call.id ?? ToolCallID.make() : nil, name: isNew ? call.name : nil,
            arguments: call.arguments)
    }

    private static func value(_ data: String) throws(Fault) -> JSONValue {
        do throws(JSONParseError) {
            return try JSONParser().parse(data)
        } catch {
            throw .answer(.malformed("an event of the stream is no JSON: \(error)"))
        }
    }
}
