import Domain
import EventLoop
import HTTP
import HTTPServer
import Telemetry

/// What every response carries: the request's id, the security headers and the time it took.
struct RequestEnvelope: Middleware {
    let logger: Logger

    /// The same for all responses, so rendered once.
    private static let securityFields: HeaderFields = [
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet",
    ]

    func respond(to request: Request, next: RequestHandler) async -> Response {
        request.id = Self.requestID(request.head.first("x-request-id"))
        var response = await next(request)
        let elapsed = MonotonicTime.now - request.receivedAt
        Self.complete(&response, requestID: request.id)
        response.head.fields.add("Server-Timing", "app;dur=\(Self.milliseconds(elapsed))")
        log(request, response, elapsed)
        return response
    }

    /// Adds what a response to no readable request carries as well.
    static func complete(_ response: inout Response, requestID: String) {
        response.head.fields.add(securityFields)
        response.head.fields.add("X-Request-ID", requestID)
    }

    /// The caller's id if it is sane, else a new one. Sane: 1 to 128 letters, digits and `-_.:`.
    static func requestID(_ sent: String?) -> String {
        if let sent, (1...128).contains(sent.utf8.count), sent.utf8.allSatisfy(isSane) { return sent }
        var generator = SystemRandomNumberGenerator()
        return JobID(milliseconds: WallTime.now.microseconds / 1000, using: &generator).description
    }

    private static func isSane(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_.:".utf8.contains(byte)
        }
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let microseconds = duration.wholeNanoseconds / 1000
        let fraction = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }

    private func log(_ request: Request, _ response: Response, _ elapsed: Duration) {
        let isOurFault = response.status.code >= 500 && response.status != .notImplemented
        let level: LogLevel = isOurFault ? .warning : .debug
        guard logger.isEnabled(level) else { return }
        logger.log(
            level, "request",
            [
                "method": "\(request.head.method)", "route": .text(request.route ?? "-"),
                "status": .integer(response.status.code), "ms": .number(elapsed.inSeconds * 1000),
                "request_id": .text(request.id), "peer": .text(request.peer.host),
            ])
    }
}
