public import JSON

/// The body of an answer that a scenario step asks for.
public enum ScenarioBody: Sendable, Equatable {
    /// `application/json`.
    case json(JSONValue)
    /// `text/plain`.
    case text(String)
    /// `text/html`.
    case html(String)
    /// No byte and no content type.
    case empty
    /// These bytes as `application/json`, whether they are JSON or not.
    case raw([UInt8])

    var contentType: String? {
        switch self {
        case .json, .raw: "application/json; charset=utf-8"
        case .text: "text/plain; charset=utf-8"
        case .html: "text/html"
        case .empty: nil
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .json(let value): value.serialized()
        case .text(let text), .html(let text): Array(text.utf8)
        case .empty: []
        case .raw(let bytes): bytes
        }
    }
}
