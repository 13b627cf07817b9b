import EventLoop
import JSON
import TestSupport
import Testing

/// A dry run with a second provider beside it, which the routing asks for nothing by itself.
@Suite("A job for a model of the client's choice", .timeLimit(.minutes(10)))
struct ModelChoiceTests {
    private static func reply(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
    }

    private static let models = reply(#"{"data":[{"id":"tiny"},{"id":"large"}]}"#)
    private static let answer = reply(
        #"{"choices":[{"message":{"content":"[[7]]"},"finish_reason":"stop"}],"model":"tiny:1","#
            + #""usage":{"prompt_tokens":3,"completion_tokens":2}}"#)
    private static let job = #"{"query_text":"q","category":"analysis"}"#

    /// The second provider, and the models that it was asked for.
    private static func with(_ body: @escaping @Sendable (String, Lock<[String]>) async throws -> Void) async throws {
        let asked = Lock<[String]>([])
        let serve: CannedServer.Handler = { peer, _ in
            guard let request = try await peer.request() else { return }
            guard request.path.hasSuffix("/chat/completions") else { return try await peer.write(models) }
            let model = try JSONParser().parse(request.body)["model"]?.stringValue ?? ""
            asked.withLock { $0.append(model) }
            try await peer.write(answer)
        }
        try await CannedServer.with(serving: serve) { server, _ in
            try await body(server.url("/v1"), asked)
        }
    }

    @Test("is done by that model, and a name that is none is refused with those that are")
    func chosen() async throws {
        try await Self.with { url, asked in
            try await Site.with { site in
                let service = try await site.serve(
                    .all, ["OPENAI_COMPATIBLE_BASE_URL": url, "DRYRUN_DELAY_MS": "0"])
                let id = try await service.submit(Self.job, ["X-GigaOffice-Model": "local/tiny"])
                let result = try await service.result(id)
                #expect(result["status"] == "completed" && result["result"] == [[7]])
                #expect(result["provider"] == "local" && result["model"] == "tiny:1")
                #expect(asked.withLock { $0 } == ["tiny"])
                let other = try await service.result(try await service.submit(Self.job))
                #expect(other["provider"] == "dryrun")
                let refused = try await service.client.post(
                    "/api/ai/process", json: Self.job, ["X-GigaOffice-Model": "local/none"])
                #expect(refused.status == 422)
                let detail = try refused.json["detail"]?.stringValue
                #expect(detail == "Модели «local/none» нет. Есть: dryrun/dryrun, local/large, local/tiny")
            }
        }
    }
}
