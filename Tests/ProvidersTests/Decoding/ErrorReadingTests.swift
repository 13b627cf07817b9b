import Domain
import HTTPClient
import Telemetry
import Testing

@testable import Providers

@Suite("The reading of errors")
struct ErrorReadingTests {
    private static func failure(
        _ status: Int, _ body: String, _ headers: ClientHeaders = [:], secrets: [String] = []
    ) -> ModelFailure {
        ErrorReading(provider: "p", secrets: secrets).failure(status: status, headers: headers, body: Array(body.utf8))
    }

    @Test(
        "finds the words in every provider's form",
        arguments: [
            (#"{"status":404,"message":"No such model"}"#, "HTTP 400: No such model"),
            (#"{"code":7,"message":"scope"}"#, "HTTP 400: code 7: scope"),
            (#"{"error":{"message":"bad","type":"t","code":"c"}}"#, "HTTP 400: code c: bad"),
            (#"{"error":"invalid_grant","error_description":"old"}"#, "HTTP 400: old"),
            (#"{"error":"odd"}"#, "HTTP 400: odd"),
            (#"{"detail":"Unauthorized"}"#, "HTTP 400: Unauthorized"),
            (#"{"detail":[{"loc":["a"]}]}"#, #"HTTP 400: [{"loc":["a"]}]"#),
            (#"[{"error":{"code":400,"message":"in a list"}}]"#, "HTTP 400: code 400: in a list"),
            (#"{"odd":1}"#, #"HTTP 400: {"odd":1}"#),
            ("<html><h1>502</h1>\r\n<p>Bad  Gateway</p></html>", "HTTP 400: 502 Bad Gateway"),
            ("just text\u{7}", "HTTP 400: just text"), ("", "HTTP 400"), ("\u{FEFF}{\"message\":\"m\"}", "HTTP 400: m"),
        ])
    func words(body: String, detail: String) {
        #expect(Self.failure(400, body).detail == detail)
    }

    @Test(
        "goes by the status",
        arguments: [
            (301, .transport), (400, .badRequest), (401, .auth), (402, .quotaExhausted), (403, .forbidden),
            (404, .notFound), (408, .timeout), (413, .badRequest), (422, .badRequest), (429, .rateLimited),
            (500, .server), (503, .server), (599, .server),
        ] as [(Int, FailureClass)])
    func classes(status: Int, failureClass: FailureClass) {
        let failure = Self.failure(status, "{}")
        #expect(failure.failureClass == failureClass)
        #expect(failure.status == status && failure.provider == "p")
    }

    @Test("knows Google's invalid key, closed countries and daily quotas")
    func google() {
        let key = #"[{"error":{"code":400,"message":"m","details":[{"reason":"API_KEY_INVALID"}]}}]"#
        #expect(Self.failure(400, key).failureClass == .auth)
        let place = #"{"error":{"message":"User location is not supported for the API use."}}"#
        #expect(Self.failure(400, place).failureClass == .forbidden)
        #expect(Self.failure(400, place).detail.contains("another provider"))
        let quota = #"""
            {"error":{"details":[{"@type":"x/google.rpc.QuotaFailure","violations":[{"quotaId":"RequestsPerDay"}]},
            {"@type":"x/google.rpc.RetryInfo","retryDelay":"37s"}]}}
            """#
        #expect(Self.failure(429, quota).failureClass == .quotaExhausted)
        #expect(Self.failure(429, quota).retryAfter == .seconds(37))
    }

    @Test("takes the wait and the call's name from the headers before the body")
    func headers() {
        let failure = Self.failure(
            429, #"{"request_id":"body"}"#, ["retry-after": "5", "X-Request-Id": "head"])
        #expect(failure.retryAfter == .seconds(5))
        #expect(failure.upstreamRequestID == "head")
        #expect(Self.failure(429, #"{"request_id":"body"}"#).upstreamRequestID == "body")
    }

    @Test("shows no secret, also where the text is cut")
    func secrets() {
        let secret = String(repeating: "s3cr3t", count: 20)
        let padding = String(repeating: "x", count: 470)
        for body in [#"{"message":"key \#(secret) bad"}"#, #"{"message":"\#(padding)\#(secret)"}"#] {
            let failure = Self.failure(401, body, secrets: [secret])
            #expect(!failure.detail.contains("s3cr3t"))
            #expect(failure.detail.count <= ModelFailure.maximumDetailLength)
        }
    }

    @Test(
        "says what a broken connection means",
        arguments: [
            (.connect("x"), .transport), (.overloaded, .transport), (.closed, .transport),
            (.timeout(.total, status: nil), .timeout), (.tooLarge(limit: 1), .malformed), (.cancelled, .cancelled),
            (.interrupted(status: nil, partial: [], reason: "x"), .transport),
            (.interrupted(status: 200, partial: [], reason: "x"), .malformed),
            (.interrupted(status: 503, partial: [], reason: "x"), .server),
            (.tls(.clientCertificateFile, "x"), .auth), (.tls(.verification, "x"), .transport),
            (.invalidRequest("x"), .internal),
        ] as [(HTTPClientError, FailureClass)])
    func transport(error: HTTPClientError, failureClass: FailureClass) {
        #expect(ErrorReading(provider: "p").failure(error).failureClass == failureClass)
    }
}
