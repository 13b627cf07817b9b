/// A response status: a code, and the registered reason phrase that belongs to it (RFC 9110 §15).
///
/// The phrase cannot be chosen by a caller, so nothing can be smuggled into the status line.
public struct Status: Hashable, Sendable {
    /// 100 … 599.
    public let code: Int

    /// Any code from 100 to 599; `nil` outside.
    public init?(code: Int) {
        guard 100...599 ~= code else { return nil }
        self.code = code
    }

    private init(_ code: Int) {
        self.code = code
    }

    /// The registered phrase; empty for a code that is not registered.
    public var reason: String { Status.reasons[code] ?? "" }

    /// Whether a response with this status can have content at all (RFC 9110 §6.4.1).
    public var allowsBody: Bool { code >= 200 && code != 204 && code != 304 }
}

extension Status: CustomStringConvertible {
    /// Code and phrase: `404 Not Found`.
    public var description: String { "\(code) \(reason)" }
}

/// The statuses that servers send by name; any other is made from its code.
extension Status {
    /// 100: the client may send the body it announced.
    public static let `continue` = Status(100)
    /// 200: the request succeeded.
    public static let ok = Status(200)
    /// 201: something was made; `Location` names it.
    public static let created = Status(201)
    /// 202: taken on, not done yet.
    public static let accepted = Status(202)
    /// 204: succeeded, and there is nothing to send.
    public static let noContent = Status(204)
    /// 301: moved for good.
    public static let movedPermanently = Status(301)
    /// 302: found elsewhere for now.
    public static let found = Status(302)
    /// 303: look there, with GET.
    public static let seeOther = Status(303)
    /// 304: what the client has is still right.
    public static let notModified = Status(304)
    /// 307: elsewhere for now, same method.
    public static let temporaryRedirect = Status(307)
    /// 308: elsewhere for good, same method.
    public static let permanentRedirect = Status(308)
    /// 400: the request cannot be understood.
    public static let badRequest = Status(400)
    /// 401: credentials are missing or wrong.
    public static let unauthorized = Status(401)
    /// 403: understood and refused.
    public static let forbidden = Status(403)
    /// 404: nothing here.
    public static let notFound = Status(404)
    /// 405: not with this method; `Allow` lists the others.
    public static let methodNotAllowed = Status(405)
    /// 406: no acceptable representation.
    public static let notAcceptable = Status(406)
    /// 408: the request did not come in time.
    public static let requestTimeout = Status(408)
    /// 409: at odds with the current state.
    public static let conflict = Status(409)
    /// 410: was here, gone for good.
    public static let gone = Status(410)
    /// 411: a length is required.
    public static let lengthRequired = Status(411)
    /// 412: a precondition of the client does not hold.
    public static let preconditionFailed = Status(412)
    /// 413: the body is over the limit.
    public static let contentTooLarge = Status(413)
    /// 414: the request target is over the limit.
    public static let uriTooLong = Status(414)
    /// 415: the content has a type that is not read here.
    public static let unsupportedMediaType = Status(415)
    /// 417: an expectation that cannot be met.
    public static let expectationFailed = Status(417)
    /// 421: this server does not answer for that authority.
    public static let misdirectedRequest = Status(421)
    /// 422: well-formed, and wrong in meaning.
    public static let unprocessableContent = Status(422)
    /// 428: a precondition is required (RFC 6585).
    public static let preconditionRequired = Status(428)
    /// 429: too many requests (RFC 6585); `Retry-After` says when.
    public static let tooManyRequests = Status(429)
    /// 431: the header section is over the limit (RFC 6585).
    public static let requestHeaderFieldsTooLarge = Status(431)
    /// 500: our fault.
    public static let internalServerError = Status(500)
    /// 501: a method or coding nobody here knows.
    public static let notImplemented = Status(501)
    /// 502: a server behind this one answered nonsense.
    public static let badGateway = Status(502)
    /// 503: not now; `Retry-After` says when.
    public static let serviceUnavailable = Status(503)
    /// 504: a server behind this one did not answer in time.
    public static let gatewayTimeout = Status(504)
    /// 505: a major version that is not spoken here.
    public static let httpVersionNotSupported = Status(505)
}
