import JSON

/// In what a provider departs from OpenAI's form. Refusals are as documented or reported unless marked as a guess.
protocol FakeDialect: Sendable {
    /// The entries of `GET models`.
    var models: [JSONValue] { get }
    /// The answer to a key that is missing or unknown.
    var keyRefusal: FakeReply { get }
    /// What is sent before an answer, to keep the connection alive.
    var prelude: (whole: String, stream: String)? { get }

    /// An error in the provider's form.
    func error(_ status: Int, _ message: String) -> FakeReply
    /// The refusal of a chat request, or nil when it is to be answered; the model is known.
    func refusal(of body: JSONValue) -> FakeReply?
    /// What the model thinks aloud before its answer.
    func reasoning(on body: JSONValue) -> String?
    /// Whether the content of an answer by that model is a list of parts, the thoughts among them.
    func answersInParts(_ model: String) -> Bool
    /// Where the counts of tokens stand in a stream.
    func usage(in body: JSONValue) -> StreamShape.Usage
}

extension FakeDialect {
    var prelude: (whole: String, stream: String)? { nil }

    func reasoning(on body: JSONValue) -> String? { nil }

    func answersInParts(_ model: String) -> Bool { false }

    /// As with OpenAI: only where it is asked for, in a chunk with no choices.
    func usage(in body: JSONValue) -> StreamShape.Usage {
        body["stream_options"]?["include_usage"]?.boolValue == true ? .ownChunk : .absent
    }

    /// Whether the model is listed, by its name or an alias.
    func has(_ model: String?) -> Bool {
        models.contains { entry in
            let aliases = entry["aliases"]?.arrayValue ?? []
            return ([entry["id"]].compactMap(\.self) + aliases).contains { name in
                name.stringValue == model || name.stringValue == model.map { "models/\($0)" }
            }
        }
    }

    /// The first member of `object` that is not one of `known`.
    func stranger(in object: JSONValue?, known: Set<String>) -> String? {
        object?.objectValue?.keys.first { !known.contains($0) }
    }
}
