import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@testable import App

@Suite("Sending spans", .timeLimit(.minutes(10)))
struct SpanExporterTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    private func span(failure: String? = nil) throws -> Span {
        let context = try #require(TraceContext(traceparent: "00-\(Self.trace)-00f067aa0ba902b7-01"))
        return Span(
            "GET /x", .server, context, parentSpanID: "1111111111111111", duration: .seconds(1),
            attributes: [("a", "text"), ("b", 5), ("c", 0.5)], failure: failure)
    }

    @Test("the form is OTLP's: ids in hexadecimal, times and whole numbers as texts, a status where something failed")
    func form() throws {
        let body = try JSONParser().parse(SpanExporter.body([span(), span(failure: "timeout")], "office"))
        let resource = try #require(body["resourceSpans"]?[0])
        #expect(resource["resource"]?["attributes"] == [["key": "service.name", "value": ["stringValue": "office"]]])
        let spans = try #require(resource["scopeSpans"]?[0]?["spans"])
        #expect(spans[0]?["traceId"]?.stringValue == Self.trace)
        #expect(spans[0]?["spanId"] == "00f067aa0ba902b7")
        #expect(spans[0]?["parentSpanId"] == "1111111111111111")
        #expect(spans[0]?["kind"] == 2)
        #expect(spans[0]?["status"] == nil)
        let times = ["startTimeUnixNano", "endTimeUnixNano"].compactMap { spans[0]?[$0]?.stringValue }.compactMap(
            Int.init)
        #expect(times.count == 2 && times[1] - times[0] == 1_000_000_000)
        #expect(
            spans[0]?["attributes"] == [
                ["key": "a", "value": ["stringValue": "text"]], ["key": "b", "value": ["intValue": "5"]],
                ["key": "c", "value": ["doubleValue": 0.5]],
            ])
        #expect(spans[1]?["status"]?["code"] == 2)
        #expect(spans[1]?["attributes"]?[3] == ["key": "error.type", "value": ["stringValue": "timeout"]])
    }

    /// Sends one span to a collector that answers with these statuses, and returns what was asked and counted.
    private func send(
        answers: [Int], _ check: @escaping @Sendable ([CannedPeer.Request], _ exported: Int, _ lost: Int) -> Void
    ) async throws {
        let seen = Lock<[CannedPeer.Request]>([])
        let span = try span()
        try await CannedServer.with { peer, _ in
            guard let request = try await peer.request() else { return }
            let place = seen.withLock { seen in
                seen.append(request)
                return min(seen.count, answers.count) - 1
            }
            try await peer.write(
                "HTTP/1.1 \(answers[place]) X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        } _: { server, _ in
            let loop = try #require(EventLoop.current)
            let registry = MetricsRegistry()
            let queue = SpanQueue(limit: 10)
            let exporter = try SpanExporter(
                queue, endpoint: server.url("/"), serviceName: "office", on: loop,
                logger: Logger(try LogSink(minimumLevel: .error, format: .text)), metrics: SpanMetrics(registry))
            queue.add(span)
            exporter.close()
            await exporter.run()
            let page = String(decoding: registry.page(.prometheus), as: UTF8.self).split(separator: "\n")
            func count(_ name: String) -> Int {
                page.first { $0.hasPrefix("\(name) ") }?.split(separator: " ").last.flatMap { Int($0) } ?? -1
            }
            check(
                seen.withLock { $0 }, count("gigaoffice_spans_exported_total"), count("gigaoffice_spans_lost_total"))
        }
    }

    @Test("what there is goes out at the end, to the collector's path for traces")
    func sent() async throws {
        try await send(answers: [200]) { requests, exported, lost in
            #expect(requests.count == 1)
            #expect(requests.first?.head.hasPrefix("POST /v1/traces HTTP/1.1\r\n") == true)
            #expect(requests.first?.head.contains("Content-Type: application/json\r\n") == true)
            #expect(exported == 1)
            #expect(lost == 0)
        }
    }

    @Test("what comes while the last batch is on its way goes out as well")
    func late() async throws {
        let span = try span()
        let queue = SpanQueue(limit: 10)
        let exporter = Lock<LoopBound<SpanExporter>?>(nil)
        let requests = Lock(0)
        try await CannedServer.with { peer, _ in
            guard try await peer.request() != nil else { return }
            let isFirst = requests.withLock { count in
                count += 1
                return count == 1
            }
            if isFirst {
                queue.add(span)
                exporter.withLock { $0 }?.value.close()
            }
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        } _: { server, _ in
            let loop = try #require(EventLoop.current)
            let sender = try SpanExporter(
                queue, endpoint: server.url("/"), serviceName: "office", on: loop,
                logger: Logger(try LogSink(minimumLevel: .error, format: .text)),
                metrics: SpanMetrics(MetricsRegistry()))
            exporter.withLock { $0 = LoopBound(sender, to: loop) }
            queue.add(span)
            await sender.run()
            #expect(requests.withLock { $0 } == 2)
            #expect(queue.take(10).spans.isEmpty)
        }
    }

    @Test("a batch that is refused is tried once more, and then given up", arguments: [([503, 200], 1), ([503], 0)])
    func refused(answers: [Int], sent: Int) async throws {
        try await send(answers: answers) { requests, exported, lost in
            #expect(requests.count == 2)
            #expect(exported == sent)
            #expect(lost == 1 - sent)
        }
    }
}
