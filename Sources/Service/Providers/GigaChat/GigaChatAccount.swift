public import Domain
import EventLoop
import JSON

/// What GigaChat tells of an account beside answers (developers.sber.ru, /gigachat/api/reference). No call of it is
/// paid for. Callable from tasks of loops.
public struct GigaChatAccount: Sendable {
    /// What is left of one model's package.
    public struct Balance: Sendable, Equatable {
        /// The model, or whatever else the package is for.
        public var usage: String
        /// Tokens.
        public var left: Double

        /// Gathers what is left.
        public init(usage: String, left: Double) {
            self.usage = usage
            self.left = left
        }
    }

    /// How long a text is.
    public struct Count: Sendable, Equatable {
        /// As the model counts.
        public var tokens: Int
        /// As people count.
        public var characters: Int

        /// Gathers the two.
        public init(tokens: Int, characters: Int) {
            self.tokens = tokens
            self.characters = characters
        }
    }

    /// Texts that are counted by one call.
    public static let maximumTexts = 100

    private let engine: ChatEngine

    /// The account that `engine` asks GigaChat with.
    public init(_ engine: ChatEngine) {
        self.engine = engine
    }

    /// What is left of each package, as GigaChat orders them. Throws `.forbidden` for an account that pays as it goes.
    public func balance(budget: Duration) async throws(ModelFailure) -> [Balance] {
        let call = WireCall(method: "GET", path: "/balance", deadline: .now + budget)
        return try await engine.value(call) { body throws(AnswerFault) in
            guard let list = body["balance"]?.arrayValue else { throw .malformed("the answer has no balance") }
            var balances: [Balance] = []
            for item in list {
                guard let usage = item["usage"]?.stringValue, let left = item["value"]?.doubleValue else {
                    throw .malformed("a balance without usage or value")
                }
                balances.append(Balance(usage: usage, left: left))
            }
            return balances
        }
    }

    /// Counts the tokens of up to `maximumTexts` texts as `model` does, in their order.
    public func count(_ texts: [String], model: String, budget: Duration) async throws(ModelFailure) -> [Count] {
        guard (1...Self.maximumTexts).contains(texts.count) else {
            throw ModelFailure(
                .badRequest, "1 to \(Self.maximumTexts) texts are counted at a time", provider: engine.name)
        }
        let body = JSONWriter.object(capacity: 1_024) { object in
            object.field("model", model)
            object.array("input") { list in
                for text in texts { list.element(text) }
            }
        }
        let call = WireCall(method: "POST", path: "/tokens/count", body: body, deadline: .now + budget)
        return try await engine.value(call) { body throws(AnswerFault) in
            let list = body.arrayValue ?? []
            guard list.count == texts.count else { throw .malformed("the answer counts another number of texts") }
            var counts: [Count] = []
            for item in list {
                guard let tokens = item["tokens"]?.intValue, tokens >= 0 else {
                    throw .malformed("a count without tokens")
                }
                counts.append(Count(tokens: tokens, characters: item["characters"]?.intValue ?? 0))
            }
            return counts
        }
    }
}
