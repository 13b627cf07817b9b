import EventLoop
import JSON
import TestSupport
import Testing

@Suite("A service with more clients than it may have")
struct OverloadTests {
    private static let refusal = "Сервис перегружен, повторите запрос позже"

    private static func expectRefusal(_ answer: RawHTTPResponse) throws {
        #expect(answer.status == 503)
        #expect(answer["Retry-After"] == "1")
        #expect(answer["Content-Type"] == "application/problem+json")
        #expect(try JSONParser().parse(answer.body)["detail"]?.stringValue == refusal)
    }

    @Test("refuses connections beyond HTTP_MAX_CONNECTIONS_PER_CLIENT, but not health checks, and takes others later")
    func connections() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api, ["HTTP_MAX_CONNECTIONS_PER_CLIENT": "2"])
            let address = try service.address
            try await onLoop { loop in
                let first = try await RawHTTPConnection(to: address, on: loop)
                let second = try await RawHTTPConnection(to: address, on: loop)
                for client in [first, second] { #expect(try await client.exchange("GET", "/livez").status == 200) }
                let third = try await RawHTTPConnection(to: address, on: loop)
                let answer = try await third.exchange("GET", "/robots.txt")
                try Self.expectRefusal(answer)
                #expect(answer["Connection"] == "close")
                #expect(try await service.client.get("/livez").status == 200)
                first.close()
                #expect(
                    try await eventually(on: loop) { try await service.client.get("/robots.txt").status == 200 })
                for client in [second, third] { client.close() }
            }
        }
    }

    @Test("refuses requests beyond HTTP_MAX_REQUESTS_IN_FLIGHT, but not health checks")
    func requests() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api, ["HTTP_MAX_REQUESTS_IN_FLIGHT": "1"])
            let id = try await service.submit(#"{"query_text":"Посчитай сумму"}"#)
            let address = try service.address
            try await onLoop { loop in
                let waiting = try await RawHTTPConnection(to: address, on: loop)
                try await waiting.request("GET", "/api/ai/result/\(id)", ["Prefer: wait=60"])
                let client = try await RawHTTPConnection(to: address, on: loop)
                let isFull = try await eventually(on: loop) {
                    try await client.exchange("GET", "/robots.txt").status == 503
                }
                #expect(isFull)
                try Self.expectRefusal(try await client.exchange("GET", "/api/ai/status/\(id)"))
                #expect(try await client.exchange("GET", "/livez").status == 200)
                waiting.close()
                #expect(
                    try await eventually(on: loop) {
                        try await client.exchange("GET", "/api/ai/status/\(id)").status == 200
                    })
                client.close()
            }
        }
    }
}
