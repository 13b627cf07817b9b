import Domain
import EventLoop
import HTTP
import HTTPServer
import Telemetry

/// What every response carries: the request's id, the security headers and the time it took.
final class RequestEnvelope: Middleware {
    private let logger: Logger
    private let spans: SpanQueue

    /// The same for all responses, so rendered once.
    private static let securityFields: HeaderFields = [
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet",
    ]

    init(logger: Logger, spans: SpanQueue = .disabled) {
        self.logger = logger
        self.spans = spans
    }

    func receive(_ request: Request) -> Response? {
        request.id = Self.requestID(request.head.first("x-request-id"))
        return nil
    }

    func complete(_ response: inout Response, to request: Request) {
        Self.complete(&response, requestID: request.id)
        let nanoseconds = request.answeredAt.nanoseconds - request.receivedAt.nanoseconds
        response.head.fields.add(Self.serverTiming, Self.milliseconds(nanoseconds))
        // In this order: a line of the log gives every request a trace.
        if spans.isEnabled { record(request, response) }
        log(request, response)
    }

    private static let requestIDField: FieldName = "X-Request-ID"
    private static let serverTiming: FieldName = "Server-Timing"
    private static let newIDs = RequestIDs()

    /// With these, for whatever does not say how long it may be kept: answers are the caller's own, and a cache between
    /// that does not know X-API-Key would give them to others (RFC 9111, section 3.5, protects `Authorization` only).
    private static let callersOwnFields: HeaderFields = {
        var fields = securityFields
        fields.add(.cacheControl, "private, no-cache")
        return fields
    }()

    /// Adds what a response to no readable request carries as well.
    static func complete(_ response: inout Response, requestID: String) {
        let saysHowLong = response.head.fields.first(.cacheControl) != nil
        response.head.fields.add(saysHowLong ? securityFields : callersOwnFields)
        response.head.fields.add(requestIDField, requestID)
    }

    /// The caller's id if it is sane, else a new one. Sane: 1 to 128 letters, digits and `-_.:`.
    static func requestID(_ sent: String?) -> String {
        if let sent, (1...128).contains(sent.utf8.count), sent.utf8.allSatisfy(isSane) { return sent }
        return newIDs.next()
    }

    private static func isSane(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_.:".utf8.contains(byte)
        }
    }

    /// `app;dur=` and milliseconds with three decimals. Up to a second that is fifteen bytes, which Swift keeps in a
    /// `String` without an allocation.
    private static func milliseconds(_ nanoseconds: Int64) -> String {
        let microseconds = UInt64(max(0, nanoseconds / 1000))
        return String(unsafeUninitializedCapacity: microseconds < 1_000_000 ? 15 : 32) { buffer in
            var end = 0
            for byte in "app;dur=".utf8 {
                buffer[end] = byte
                end += 1
            }
            var unit: UInt64 = 1000
            while unit <= microseconds / 10 { unit *= 10 }
            while unit > 0 {
                buffer[end] = UInt8(ascii: "0") + UInt8(microseconds / unit % 10)
                end += 1
                if unit == 1000 {
                    buffer[end] = UInt8(ascii: ".")
                    end += 1
                }
                unit /= 10
            }
            return end
        }
    }

    /// Requests that belong to no trace, such as questions for a job's standing, are none of a collector's business.
    private func record(_ request: Request, _ response: Response) {
        guard (request.principal as? Caller)?.trace != nil || request.callersTrace != nil else { return }
        let context = request.traceContext
        let (method, route, code) = ("\(request.head.method)", request.route ?? "none", response.status.code)
        spans.add(
            Span(
                "\(method) \(route)", .server, context, parentSpanID: request.callersTrace?.spanID,
                duration: request.answeredAt - request.receivedAt,
                attributes: [
                    ("http.request.method", .text(method)), ("http.route", .text(route)),
                    ("http.response.status_code", .integer(code)), ("gigaoffice.request.id", .text(request.id)),
                ], failure: code >= 500 ? String(code) : nil))
    }

    private func log(_ request: Request, _ response: Response) {
        let isOurFault = response.status.code >= 500 && response.status != .notImplemented
        let level: LogLevel = isOurFault ? .warning : .debug
        guard logger.isEnabled(level) else { return }
        let elapsed = request.answeredAt - request.receivedAt
        logger.log(
            level, "request",
            [
                "method": "\(request.head.method)", "route": .text(request.route ?? "-"),
                "status": .integer(response.status.code), "ms": .number(elapsed.inSeconds * 1000),
                "request_id": .text(request.id), "trace_id": .text(request.traceContext.traceID),
                "peer": .text(request.peer.host),
                "client": .text((request.principal as? Caller)?.client ?? "-"),
            ])
    }
}
