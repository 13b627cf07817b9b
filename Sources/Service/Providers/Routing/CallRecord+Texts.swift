import Domain
import JSON

/// What was said in a call: its size, and the texts where they are kept.
extension CallRecord {
    /// The longest text that is kept, in bytes; what is beyond it is cut off.
    static let maximumTextBytes = 256 << 10

    /// A call that has just begun, with its conversation.
    init(_ request: ChatRequest, keepsTexts: Bool) {
        self.init(request.context, stage: request.target.stage)
        questionBytes = request.messages.reduce(0) { $0 + $1.text.utf8.count }
        guard keepsTexts else { return }
        question = Self.cut(
            JSONWriter.array(capacity: questionBytes + 64 * request.messages.count) { list in
                for message in request.messages {
                    list.object { object in
                        object.field("role", message.role.rawValue)
                        object.field("text", message.text)
                    }
                }
            })
    }

    /// A call that has just begun, with its texts.
    init(_ request: EmbeddingRequest, keepsTexts: Bool) {
        self.init(request.context, stage: request.target.stage)
        questionBytes = request.inputs.reduce(0) { $0 + $1.utf8.count }
        guard keepsTexts else { return }
        question = Self.cut(
            JSONWriter.array(capacity: questionBytes) { list in
                for input in request.inputs { list.element(input) }
            })
    }

    /// The whole answer has come.
    mutating func answered(_ result: ChatResult, keepsTexts: Bool) {
        answeredModel = result.end.model
        answerBytes = result.text.utf8.count
        if keepsTexts { answer = Self.cut(Array(result.text.utf8)) }
    }

    /// A piece of the answer has come.
    mutating func answered(_ event: ChatEvent, keepsTexts: Bool) {
        guard case .text(let piece) = event else { return }
        answerBytes += piece.utf8.count
        let held = answer?.utf8.count ?? 0
        guard keepsTexts, held < Self.maximumTextBytes else { return }
        answer = (answer ?? "") + String(decoding: piece.utf8.prefix(Self.maximumTextBytes - held), as: UTF8.self)
    }

    private static func cut(_ text: [UInt8]) -> String {
        String(decoding: text.prefix(maximumTextBytes), as: UTF8.self)
    }
}
