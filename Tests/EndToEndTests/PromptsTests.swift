import Foundation
import JSON
import TestSupport
import Testing

@Suite("Prompts of a running service")
struct PromptsTests {
    private static let key = ["ADMIN_API_KEY": "secret"]
    private static let bearer = ["Authorization": "Bearer secret"]

    private func names(_ service: Service) async throws -> [String] {
        let answer = try await service.client.get("/api/prompts/presets?category=analysis").json
        return answer["prompts"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
    }

    @Test("two instances bring in the files once, and a change through one is seen by the other within 2 s")
    func twoInstances() async throws {
        try await Site.with { site in
            let first = try await site.serve(.api, Self.key)
            let second = try await site.serve(.api)
            let categories = try await second.client.get("/api/prompts/categories").json
            #expect(
                categories["categories"]?.arrayValue?.map { $0["name"] } == [
                    "analysis", "transformation", "search", "generation",
                ])
            #expect(try await site.execute("SELECT count(*) FROM prompt_versions WHERE version > 1") == ["0"])
            let made = try await first.client.post(
                "/api/prompts/presets", json: #"{"category":"analysis","name":"Новый","template":"Сделай"}"#,
                Self.bearer)
            #expect(made.status == 201)
            let start = ContinuousClock.now
            #expect(try await names(first).contains("Новый"))
            try await eventually("the new preset in the other instance") {
                try await names(second).contains("Новый") ? () : nil
            }
            // Ten times the promise would be a fault whatever else the machine does.
            #expect(ContinuousClock.now - start < .seconds(20))
            let refused = try await second.client.post("/api/prompts/presets", json: "{}", Self.bearer)
            #expect(refused.status == 403)
        }
    }

    @Test("what is exported can be edited and imported while a service runs; a file with faults changes nothing")
    func exportAndImport() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api)
            let file = FileManager.default.temporaryDirectory.appending(path: "prompts-\(UUID().uuidString).json")
            defer { unlink(file.path) }
            let text = try await site.run(["prompts", "export"]).output
            try text.write(to: file, atomically: true, encoding: .utf8)
            #expect(try await site.run(["prompts", "import", file.path]).output == "0 added, 0 changed\n")
            try text.replacing("Сводка по таблице", with: "Сводка").write(to: file, atomically: true, encoding: .utf8)
            #expect(try await site.run(["prompts", "import", file.path]).output == "1 added, 0 changed\n")
            try await eventually("the imported preset") { try await names(service).contains("Сводка") ? () : nil }
            try text.replacing("\"is_active\":true", with: "\"is_active\":1").write(
                to: file, atomically: true, encoding: .utf8)
            let refused = try await site.run(["prompts", "import", file.path])
            #expect(refused.ending == .exit(78))
            #expect(refused.errors.contains("presets.0.is_active: must be true or false"))
        }
    }

    @Test("feedback about a job is stored with it")
    func feedback() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api)
            let id = try await service.submit(#"{"query_text":"Посчитай"}"#)
            let answer = try await service.client.post(
                "/api/v1/feedback", json: #"{"ai_request_id":"\#(id)","rating":true,"comment":"хорошо"}"#)
            #expect(answer.status == 201)
            let rows = try await site.rows("SELECT rating, comment FROM ai_responses WHERE ai_request_id = '\(id)'")
            #expect(rows == [["rating": true, "comment": "хорошо"]])
        }
    }
}
