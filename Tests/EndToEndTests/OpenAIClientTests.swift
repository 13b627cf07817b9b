import JSON
import TestSupport
import Testing

/// Tests/OpenAIClient/client.py holds the cases. Where PyPI cannot be reached, the first of these fails and says so.
@Suite("OpenAI's own Python client", .timeLimit(.minutes(10)), .serialized)
struct OpenAIClientTests {
    private static let cases = [
        "chat", "history", "stream", "hang_up", "models", "embeddings", "bad_request", "not_found",
    ]
    private static let standInCases = [
        "tools", "tools_in_a_stream", "blacklist", "hang_up_aborts_upstream", "refusals",
    ]

    /// The Python that has the client; made when there is none.
    private func python(_ site: Site) async throws -> String {
        let made = try await site.runOther(Program.file("scripts/openai-client"), within: .seconds(280))
        guard made.ending == .exit(0), let path = made.output.split(separator: "\n").last else {
            throw Failure("there is no OpenAI client to test with: \(made.errors)")
        }
        return String(path)
    }

    private func expectContent(
        _ site: Site, _ service: Service, _ arguments: [String], cases: [String]
    ) async throws {
        let ended = try await site.runOther(
            try await python(site),
            [Program.file("Tests/OpenAIClient/client.py"), "http://127.0.0.1:\(service.client.port)/v1"] + arguments,
            ["NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"], within: .seconds(120))
        #expect(ended.output.split(separator: "\n").map(String.init) == cases.map { "ok \($0)" })
        #expect(ended.ending == .exit(0), "\(ended.errors)")
    }

    @Test("is content with the dry run: conversations, streams, models, vectors and errors")
    func dryrun() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api)
            try await expectContent(site, service, [], cases: Self.cases)
        }
    }

    @Test("is content with GigaChat in cloud mode: tools, refusals, and hanging up, which aborts the call there")
    func cloud() async throws {
        try await Site.with { site in
            let model = try await site.startStandIn()
            let service = try await site.serve(.api, model.settings)
            try await expectContent(site, service, [model.controlURL], cases: Self.cases + Self.standInCases)
            #expect(try await model.counters()["current"] == 0)
        }
    }
}
