import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: event streams", .timeLimit(.minutes(10)))
struct EventStreamTests {
    @Test(
        "an event is written as the standard reads it",
        arguments: [
            (ServerSentEvent("x"), "data: x\n\n"),
            (ServerSentEvent(""), "data: \n\n"),
            (ServerSentEvent("a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            (ServerSentEvent("a\n\nb\n"), "data: a\ndata: \ndata: b\ndata: \n\n"),
            (ServerSentEvent(" x"), "data:  x\n\n"),
            (
                ServerSentEvent("x", name: "token", id: "7", retry: .milliseconds(1500)),
                "event: token\nid: 7\nretry: 1500\ndata: x\n\n"
            ),
            (ServerSentEvent("x", name: "a\r\ndata: y", id: "1\n\0 2"), "event: adata: y\nid: 1 2\ndata: x\n\n"),
            (ServerSentEvent("Ответ 🎉"), "data: Ответ 🎉\n\n"),
        ])
    func rendering(event: ServerSentEvent, text: String) {
        #expect(String(decoding: event.bytes, as: UTF8.self) == text)
    }

    @Test("events arrive one by one, and the stream ends with its source")
    func events() async throws {
        let handler: RequestHandler = { _ in
            Response.eventStream { events in
                for number in 1...3 { try await events.send(ServerSentEvent("\(number)")) }
            }
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            let head = try await client.receiveHead()
            #expect(head["content-type"] == "text/event-stream; charset=utf-8")
            #expect(head["cache-control"] == "no-store")
            #expect(head["x-accel-buffering"] == "no")
            for number in 1...3 {
                #expect(try await client.receiveChunk() == Array("data: \(number)\n\n".utf8))
            }
            #expect(try await client.receiveChunk().isEmpty)
            #expect(try await client.exchange("HEAD", "/").status == 200)
        }
    }

    @Test("a silent stream is kept alive by comments, a busy one needs none")
    func heartbeat() async throws {
        let gate = Gate()
        let handler: RequestHandler = { request in
            Response.eventStream(heartbeat: .milliseconds(request.head.path == "/silent" ? 20 : 60_000)) { events in
                await gate.wait()
                try await events.send(ServerSentEvent("end"))
            }
        }
        try await TestServer.with(handler: handler) { test in
            let (silent, busy) = (try await test.connect(), try await test.connect())
            try await silent.request("GET", "/silent")
            try await busy.request("GET", "/busy")
            #expect(try await silent.receiveHead().status == 200)
            #expect(try await busy.receiveHead().status == 200)
            for _ in 0..<3 { #expect(try await silent.receiveChunk() == Array(":\n\n".utf8)) }
            gate.open()
            #expect(try await busy.receiveChunk() == Array("data: end\n\n".utf8))
            busy.close()
        }
    }
}
