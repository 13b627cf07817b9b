import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: the end under load", .timeLimit(.minutes(10)))
struct DrainUnderLoadTests {
    /// Every third request has content; the answer says what the server understood.
    private static func exchange(_ number: Int) -> RestlessClients.Exchange {
        let (method, body) = number.isMultiple(of: 3) ? ("POST", "x\(number)") : ("GET", "")
        return RestlessClients.Exchange(method, "/\(number)", body: body.isEmpty ? nil : body) { answer in
            answer.status == 200 && answer.text == "\(method) /\(number) \(body)"
        }
    }

    @Test(
        "every request gets its whole answer, the last ones say so, and no connection is reset", .serialized,
        arguments: 1...3)
    func nothingIsLost(round: Int) async throws {
        // Long enough for clients that the machine holds up: none of them needs the grace time to pass.
        try await TestServer.with(loops: 2, { $0.drainGrace = .seconds(20) }, handler: echo) { test in
            let server = test.server
            let seen = try await onLoop { loop in
                let clients = RestlessClients(of: server.address, on: loop, enough: 1000, exchange: Self.exchange)
                let habits: [RestlessClients.Habit] =
                    Array(repeating: .keepsConnection, count: 32) + Array(repeating: .pipelines(8), count: 8)
                    + Array(repeating: .connectsAnew, count: 24)
                return await clients.run(habits) { server.drain() }
            }
            #expect(seen.faults == [])
            #expect(seen.lastAnswers == 40)
            #expect(seen.refused == 24)
            #expect(try await test.ends())
            #expect(await server.connectionCount() == 0)
        }
    }
}
