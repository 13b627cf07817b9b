import Domain
import EventLoop
import FakeProviders
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's provider and its streams, against the fake", .timeLimit(.minutes(10)))
struct StandStreamTests {
    private static let question = "Ответ на 42 языках: да, はい, 🙂"

    private static func step(_ change: (inout ScenarioStep) -> Void) -> ScenarioStep {
        var step = ScenarioStep()
        change(&step)
        return step
    }

    @Test("a stream that comes byte by byte says the same as one that comes at once")
    func trickle() async throws {
        try await Stand.with { (stand) async throws in
            let router = stand.router()
            for size in [1, 2, 3, 7, 1_000_000] {
                stand.fake.enqueue(Self.step { $0.trickle = .init(bytes: size, every: .zero) }, on: .chat)
                let (text, end, _) = await stand.read(router, Stand.question(Self.question))
                #expect(text == "echo: \(Self.question)")
                #expect(end?.reason == .stop && (end?.tokens.total ?? 0) > 0)
            }
        }
    }

    @Test("a stream of the fake gives the same events wherever it is split", arguments: ["\n", "\r\n"])
    func everySplit(lineEnd: String) async throws {
        try await Stand.with { (stand) async throws in
            var step = ScenarioStep()
            step.stream.lineEnd = lineEnd
            step.stream.extraLines = [": keep-alive"]
            let bytes = try await stand.streamBytes(Self.question, step)
            let whole = try Self.events([bytes])
            #expect(whole.text == "echo: \(Self.question)" && whole.isComplete)
            for place in 1..<bytes.count {
                let split = try Self.events([Array(bytes[..<place]), Array(bytes[place...])])
                #expect(split == whole, "split at \(place)")
            }
        }
    }

    private struct Reading: Equatable {
        var text = ""
        var isComplete = false
        var tokens = 0
    }

    private static func events(_ pieces: [[UInt8]]) throws -> Reading {
        var reader = SSEReader()
        var decoder = ChunkDecoder()
        var reading = Reading()
        for piece in pieces {
            for event in try reader.take(piece) {
                for case .text(let text) in try decoder.take(event.data) { reading.text += text }
            }
        }
        reading.isComplete = decoder.isDone
        reading.tokens = decoder.tokens.total
        return reading
    }

    @Test(
        "a stream that is cut keeps what has come, and is not begun anew",
        arguments: [ScenarioEnding.fin(after: 500), .rst(after: 500)])
    func cut(ending: ScenarioEnding) async throws {
        let second = ScriptedProvider("b", .answer("from b"))
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(
                Self.step {
                    $0.ending = ending
                    $0.stream.pause = .milliseconds(20)
                    $0.stream.chunks = 4
                }, on: .chat)
            let (text, end, failure) = await stand.read(stand.router(second: second), Stand.question(Self.question))
            #expect(!text.isEmpty && "echo: \(Self.question)".hasPrefix(text))
            #expect(end == nil)
            #expect(failure?.isInterrupted == true && failure?.failureClass == .malformed)
            #expect(stand.fake.counters.requests[.chat] == 1)
            #expect(second.calls == 0)
        }
    }

    @Test(
        "a stream that is cut before its first piece is begun once more",
        arguments: [ScenarioEnding.fin(after: 5), .rst(after: 5)])
    func cutEarly(ending: ScenarioEnding) async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(Self.step { $0.ending = ending }, on: .chat)
            let (text, end, _) = await stand.read(stand.router(), Stand.question(Self.question))
            #expect(text == "echo: \(Self.question)" && end?.attempts == 2)
            #expect(stand.fake.counters.requests[.chat] == 2)
        }
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(Self.step { $0.ending = ending }, on: .chat, times: 100)
            let failure = await stand.read(stand.router()).failure
            #expect(failure?.failureClass == .malformed && failure?.isInterrupted == false)
            #expect(stand.fake.counters.requests[.chat] == 2)
        }
    }

    @Test("oddities that leave the answer whole are put up with")
    func oddities() async throws {
        let changes: [@Sendable (inout StreamShape) -> Void] = [
            { $0.chunks = 1 }, { $0.isOneWrite = true }, { $0.lineEnd = "\r\n" }, { $0.blank = "" },
            { $0.extraLines = [": ping", "", "event: message", "id: 1", "retry: 5"] }, { $0.usage = .absent },
            { $0.usage = .ownChunk }, { $0.hasDoneMarker = false }, { $0.finishReason = nil },
            { $0.trailer = "data: {\"late\":true}\n\n" },
        ]
        for (number, change) in changes.enumerated() {
            try await Stand.with { (stand) async throws in
                stand.fake.enqueue(Self.step { change(&$0.stream) }, on: .chat)
                let (text, end, failure) = await stand.read(stand.router(), Stand.question(Self.question))
                #expect(text == "echo: \(Self.question)", "\(number): \(String(describing: failure))")
                #expect(end?.reason == .stop)
            }
        }
    }

    @Test("an error that comes as an event ends the stream in its class")
    func errorEvent() async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(
                Self.step {
                    $0.stream.rawEvents = [#"{"status":429,"message":"Too many requests"}"#]
                    $0.stream.pause = .milliseconds(20)
                }, on: .chat)
            let failure = await stand.read(stand.router(), Stand.question(Self.question)).failure
            #expect(failure?.failureClass == .rateLimited && failure?.isInterrupted == true)
        }
    }

    @Test(
        "a call of a function is read from one piece, its arguments an object or a text",
        arguments: [#"{"city":"Казань"}"#, #""{\"city\":\"Казань\"}""#])
    func function(arguments: String) async throws {
        let delta = #"{"role":"assistant","content":"","function_call":{"name":"weather","arguments":\#(arguments)}}"#
        try await Stand.with { (stand) async throws in
            var step = ScenarioStep()
            step.stream.deltas = [try Stand.json(delta)]
            step.stream.finishReason = "function_call"
            stand.fake.enqueue(step, on: .chat)
            let stream = try await stand.engine.stream(
                Stand.question(), model: "GigaChat-2", budget: .seconds(60))
            defer { stream.close() }
            var calls: [String] = []
            while let event = try await stream.next() {
                if case .toolCall(_, _, let name, let text) = event { calls.append("\(name ?? "?") \(text)") }
            }
            #expect(calls == [#"weather {"city":"Казань"}"#])
            #expect(stream.end?.reason == .toolCalls)
        }
    }

    @Test("a stream that is dropped ends at the fake")
    func dropped() async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(Self.step { $0.ending = .stall(after: 300) }, on: .chat)
            let stream = try await stand.engine.stream(
                Stand.question(Self.question), model: "GigaChat-2", budget: .seconds(60))
            _ = try await stream.next()
            stream.close()
            #expect(try await eventually(on: stand.loop) { stand.fake.counters.aborted == 1 })
            #expect(stand.fake.counters.current == 0)
        }
    }
}
