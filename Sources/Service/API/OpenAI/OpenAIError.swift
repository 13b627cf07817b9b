import Domain
import HTTP
import HTTPServer
import JSON

/// An error in the form that OpenAI's clients read: `{"error":{"message","type","param","code"}}`.
struct OpenAIError: Error, Sendable {
    /// Kinds of errors, as OpenAI names them.
    enum Kind: String, Sendable {
        case invalidRequest = "invalid_request_error"
        case authentication = "authentication_error"
        case permission = "permission_error"
        case rateLimit = "rate_limit_exceeded"
        case quota = "insufficient_quota"
        case server = "server_error"
    }

    var status: Status
    var kind: Kind
    var message: Phrase
    /// The field that is wrong, with dots and brackets: `messages[0].content`.
    var param: String?
    /// A word for programs.
    var code: String?
    /// Seconds after which trying again makes sense.
    var retryAfter: Int?
    /// Whether the client should not try again although the status says that it might help.
    var isFinal = false

    init(
        _ status: Status, _ kind: Kind, _ message: Phrase, param: String? = nil, code: String? = nil,
        retryAfter: Int? = nil
    ) {
        self.status = status
        self.kind = kind
        self.message = message
        self.param = param
        self.code = code
        self.retryAfter = retryAfter
    }

    /// Whether errors at this path have this form.
    static func isForm(at path: String) -> Bool {
        path.hasPrefix("/v1/") || path == "/v1"
    }

    func response(to request: Request) -> Response {
        response(language: request.language)
    }

    func response(language: Language) -> Response {
        var response = Response(status, contentType: "application/json", body: body(language: language))
        if let retryAfter { response.head.fields.set(.retryAfter, String(retryAfter)) }
        // The field is OpenAI's own; its clients try again at most errors.
        if isFinal { response.head.fields.set("X-Should-Retry", "false") }
        return response
    }

    /// The error as JSON text, which is what a stream that has begun already can still send.
    func body(language: Language) -> [UInt8] {
        JSONWriter.object { object in
            object.object("error") { error in
                error.field("message", message.text(in: language))
                error.field("type", kind.rawValue)
                error.field("param", param)
                error.field("code", code)
            }
        }
    }
}
