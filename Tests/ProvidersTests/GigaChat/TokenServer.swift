import EventLoop
import HTTPClient
import Telemetry
import TestSupport
import Testing

@testable import Providers

/// A token endpoint that gives canned answers, and what it was asked. Confined to its loop.
final class TokenServer {
    struct Answer: Sendable {
        var status = 200
        var body = ""

        /// A token that ends `seconds` from now, in GigaChat's usual form.
        static func token(_ value: String, endingIn seconds: Int64) -> Answer {
            let end = (WallTime.now.seconds + seconds) * 1000
            return Answer(body: #"{"access_token":"\#(value)","expires_at":\#(end)}"#)
        }
    }

    /// Heads and bodies of the requests.
    private(set) var requests: [String] = []
    /// Taken in turn; the last one stays.
    var answers: [Answer]
    /// Answers wait for it.
    var gate: Gate?
    private let listener: Listener
    private let loop: EventLoop

    private init(_ answers: [Answer], on loop: EventLoop) throws {
        self.answers = answers
        self.loop = loop
        listener = try Listener(on: loop, address: try #require(SocketAddress(host: "127.0.0.1", port: 0)))
    }

    var url: String { "http://\(listener.address)/oauth" }

    /// Serves while `body` runs, all on one loop.
    static func with(
        _ answers: [Answer], _ body: @escaping @Sendable (TokenServer, LoopClients) async throws -> Void
    ) async throws {
        try await onLoops(1) { group in
            let loop = group.loops[0]
            let server = try TokenServer(answers, on: loop)
            let clients = try await LoopClients.make(on: group, HTTPClientConfiguration(userAgent: "tests/1"))
            let bound = LoopBound(server, to: loop)
            await withDiscardingTaskGroup { tasks in
                tasks.addTask(executorPreference: loop) { await bound.value.accept() }
                do {
                    try await body(server, clients)
                } catch {
                    Issue.record(error)
                }
                await clients.close()
                server.listener.close()
            }
        }
    }

    private func accept() async {
        let bound = LoopBound(self, to: loop)
        await withDiscardingTaskGroup { tasks in
            while true {
                switch listener.accept() {
                case .connection(let descriptor, _):
                    tasks.addTask(executorPreference: loop) { await bound.value.serve(descriptor) }
                case .none: await listener.waitForConnection()
                case .exhausted, .closed: return
                }
            }
        }
    }

    private func serve(_ descriptor: Int32) async {
        do {
            let stream = try ByteStream(descriptor: descriptor, on: loop)
            defer { stream.close() }
            guard let request = try await Self.request(stream) else { return }
            requests.append(request)
            let answer = answers.count > 1 ? answers.removeFirst() : answers[0]
            await gate?.wait()
            let head = "HTTP/1.1 \(answer.status) X\r\nContent-Length: \(answer.body.utf8.count)\r\n"
            try await stream.write(Array("\(head)Connection: close\r\n\r\n\(answer.body)".utf8))
        } catch is StreamError {
            // The client may go at any time; the test sees what it got.
        } catch {
            Issue.record(error)
        }
    }

    /// One request, whose body ends with the scope or is empty.
    private static func request(_ stream: ByteStream) async throws -> String? {
        var text = ""
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            switch try piece.withUnsafeMutableBytes({ try stream.read(into: $0) }) {
            case .bytes(let count): text += String(decoding: piece[..<count], as: UTF8.self)
            case .wouldBlock: try await stream.waitUntilReadable()
            case .endOfStream: return nil
            }
            let isBare = text.contains("Content-Length: 0\r\n") && text.hasSuffix("\r\n\r\n")
            if text.hasSuffix("_PERS") || isBare { return text }
        }
    }
}
