import JSON
import TestSupport
import Testing

@Suite("gigaoffice fake-gigachat", .timeLimit(.minutes(2)))
struct FakeGigaChatCommandTests {
    @Test("it prints where it listens, as JSON and as settings, and gives out a token there")
    func start() async throws {
        try await Site.withoutDatabase { site in
            let program = try site.start(["fake-gigachat"])
            let output = try await eventually("the addresses") { () -> String? in
                try program.expectRunning()
                return program.output.contains("GIGACHAT_SCOPE=GIGACHAT_API_PERS\n") ? program.output : nil
            }
            let line = String(try #require(output.split(separator: "\n").first))
            let url = try #require(try JSONParser().parse(line)["auth_url"]?.stringValue)
            let key = try #require(try JSONParser().parse(line)["credentials"]?.stringValue)
            #expect(output.contains("\nGIGACHAT_AUTH_URL=\(url)\n"))
            let port = try #require(UInt16(url.split(separator: ":")[2].prefix { $0.isNumber }))
            let fields = [
                "RqUID": "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e", "Authorization": "Basic \(key)",
                "Content-Type": "application/x-www-form-urlencoded",
            ]
            let answer = try await PlainClient(port: port).send(
                "POST", "/api/v2/oauth", fields, body: Array("scope=GIGACHAT_API_PERS".utf8))
            #expect(answer.status == 200)
        }
    }
}
