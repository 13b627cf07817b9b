import EventLoop
import JSON
import TestSupport
import Testing

@Suite("Spans of a running service")
struct SpanTests {
    private static let job = #"{"query_text":"Посчитай сумму","input_data":[[1,2],[3,4]]}"#
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let cause = "00f067aa0ba902b7"

    /// Runs `body` with the address of a collector, and with what it has been sent so far.
    private static func withCollector(
        _ body: @escaping @Sendable (String, @Sendable () throws -> [JSONValue]) async throws -> Void
    ) async throws {
        let bodies = Lock<[[UInt8]]>([])
        try await CannedServer.with { peer, _ in
            guard let request = try await peer.request() else { return }
            bodies.withLock { $0.append(request.body) }
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        } _: { collector, _ in
            try await body(collector.url("")) {
                try bodies.withLock { $0 }.flatMap { body in
                    try JSONParser().parse(body)["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?.arrayValue ?? []
                }
            }
        }
    }

    @Test("make one tree in the collector: the client's request, by Kafka the job, and its models' calls")
    func tree() async throws {
        try await Self.withCollector { endpoint, collected in
            try await Site.with { site in
                let broker = try await site.startBroker()
                let fake = try await site.startStandIn()
                let settings = [["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint], broker.settings, fake.settings]
                    .reduce(into: [:]) { $0.merge($1) { _, new in new } }
                try await fake.answers(#"{"category":"analysis","confidence":0.9}"#)
                try await fake.answers("[[4,6]]")
                let api = try await site.serve(.api, settings)
                try await site.work(settings)
                let answer = try await api.client.post(
                    "/api/ai/process", json: Self.job,
                    ["traceparent": "00-\(Self.trace)-\(Self.cause)-01", "Prefer": "wait=50"])
                #expect(answer.status == 200)
                let spans = try await eventually("four spans of the trace") {
                    let spans = try collected().filter { $0["traceId"]?.stringValue == Self.trace }
                    return spans.count >= 4 ? spans : nil
                }
                let kinds = spans.compactMap { $0["name"]?.stringValue?.split(separator: " ").first }.sorted()
                #expect(kinds == ["POST", "chat", "chat", "job"])
                let request = try #require(spans.first { $0["name"] == "POST /api/ai/process" })
                let job = try #require(spans.first { $0["name"] == "job" })
                #expect(request["parentSpanId"]?.stringValue == Self.cause)
                #expect(job["parentSpanId"] == request["spanId"])
                let calls = spans.filter { $0["name"]?.stringValue?.hasPrefix("chat ") == true }
                #expect(calls.allSatisfy { $0["parentSpanId"] == job["spanId"] })
                #expect(Set(spans.compactMap { $0["spanId"]?.stringValue }).count == 4)
                // What the provider was told are the calls' own spans.
                let told = try await fake.traceparents()
                let own = calls.map { "00-\(Self.trace)-\($0["spanId"]?.stringValue ?? "?")-01" }
                #expect(told.sorted() == own.sorted())
            }
        }
    }

    @Test("are made of requests that belong to a trace, also where every request has its line in the log")
    func others() async throws {
        try await Self.withCollector { endpoint, collected in
            try await Site.with { site in
                let service = try await site.serve(
                    .all, ["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "LOG_LEVEL": "debug"])
                #expect(try await service.client.get("/livez").status == 200)
                let id = try await service.submit(Self.job)
                _ = try await service.result(id)
                let spans = try await eventually("the job's span") {
                    let spans = try collected()
                    return spans.contains { $0["name"] == "job" } ? spans : nil
                }
                #expect(spans.contains { $0["name"] == "POST /api/ai/process" })
                #expect(!spans.contains { $0["name"]?.stringValue?.hasPrefix("GET ") == true })
            }
        }
    }
}
