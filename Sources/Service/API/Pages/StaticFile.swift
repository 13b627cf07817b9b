import HTTP
import HTTPServer

/// A file given out from memory. Clients ask each time whether theirs is still right, which costs them no content.
struct StaticFile: Sendable {
    private let answer: ReadyAnswer
    /// What a page may load (Content Security Policy, level 3); nil for what is no page.
    private let policy: String?

    /// Nil when the name's ending tells no type.
    init?(_ name: String, _ bytes: [UInt8], policy: ContentPolicy? = nil) {
        guard let type = Self.types[name.split(separator: ".").last.map(String.init) ?? ""] else { return nil }
        answer = ReadyAnswer(bytes, contentType: type)
        self.policy = policy?.rawValue
    }

    func response(to request: Request, _ status: Status = .ok) -> Response {
        var response = answer.response(to: request)
        if response.status == .ok { response.head.status = status }
        response.head.fields.set(.cacheControl, "no-cache")
        if let policy { response.head.fields.set("Content-Security-Policy", policy) }
        return response
    }

    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml",
        "js": "text/javascript; charset=utf-8",
    ]
}
