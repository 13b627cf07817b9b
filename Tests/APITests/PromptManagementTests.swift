import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("Managing prompts over HTTP")
struct PromptManagementTests {
    private static let key = ["Authorization: Bearer secret"]
    private static let preset = #"{"category":"analysis","name":"Новый","template":"Сделай"}"#

    @Test("without ADMIN_API_KEY management is off, and says so")
    func off() async throws {
        try await TestAPI.with { api in
            for (method, path) in [
                ("POST", "presets"), ("PUT", "presets/1"), ("DELETE", "categories/1"), ("GET", "catalogue"),
                ("GET", "presets/1/versions"), ("POST", "presets/1/rollback"), ("POST", "presets/1/deactivate"),
            ] {
                let answer = try await api.ask(
                    method, "/api/prompts/" + path, Self.key, body: method == "GET" ? nil : Self.preset)
                answer.expectProblem(
                    403, detail: "Управление отключено: нет ни настройки ADMIN_API_KEY, ни ключа с правом admin")
            }
            #expect(api.prompts.state.withLock { $0.asked } == [])
        }
    }

    @Test("a missing or wrong key is 401; both headers are taken")
    func keys() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let missing = try await api.get("/api/prompts/catalogue")
            missing.expectProblem(401)
            #expect(missing["www-authenticate"] == "Bearer")
            for field in ["Authorization: Bearer secre", "X-API-Key: secret2", "Authorization: Basic secret"] {
                try await api.get("/api/prompts/catalogue", [field]).expectProblem(401)
            }
            #expect(try await api.get("/api/prompts/catalogue", Self.key).status == 200)
            #expect(try await api.get("/api/prompts/catalogue", ["X-API-Key: secret"]).status == 200)
        }
    }

    @Test("the whole catalogue shows what clients do not see")
    func catalogue() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let answer = try await api.get("/api/prompts/catalogue", Self.key).json
            #expect(answer["categories"]?.arrayValue?.count == 3)
            #expect(answer["prompts"]?.arrayValue?.map { $0["is_active"] } == [true, false, true])
            #expect(answer["prompts"]?.arrayValue?.first?["usage_count"] == 7)
        }
    }

    @Test("a preset that is made is in the answer and in this process's list at once")
    func create() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let answer = try await api.ask("POST", "/api/prompts/presets", Self.key, body: Self.preset)
            #expect(answer.status == 201)
            #expect(answer.json["prompt"]?["id"] == 1001 && answer.json["prompt"]?["version"] == 1)
            let list = try await api.get("/api/prompts/presets?category=analysis").json
            #expect(list["prompts"]?.arrayValue?.map { $0["name"] } == ["Сводка", "Новый"])
            #expect(api.prompts.state.withLock { $0.asked } == ["create admin"])
        }
    }

    @Test("every fault of a draft is named")
    func faults() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let preset = try await api.ask(
                "POST", "/api/prompts/presets", Self.key,
                body: #"{"category_id":77,"name":" ","template":5,"is_active":"yes"}"#)
            preset.expectProblem(422)
            let places = preset.json["errors"]?.arrayValue?.map { $0["loc"]?.arrayValue?.last?.stringValue }
            #expect(places == ["category_id", "name", "template", "is_active"])
            let category = try await api.ask(
                "POST", "/api/prompts/categories", Self.key,
                body: #"{"name":"Анализ","sort_order":-1}"#)
            let categoryPlaces = category.json["errors"]?.arrayValue?.map { $0["loc"]?.arrayValue?.last?.stringValue }
            #expect(categoryPlaces == ["name", "display_name", "sort_order"])
            let renamed = try await api.ask(
                "PUT", "/api/prompts/categories/1", Self.key, body: #"{"name":"other","display_name":"x"}"#)
            renamed.expectProblem(422)
        }
    }

    @Test("what the catalogue refuses has its status")
    func refusals() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let expected: [(CatalogueOutcome, Int)] = [
                (.unknown, 404), (.nameTaken, 409), (.inUse, 409), (.noCategory, 422),
            ]
            for (outcome, status) in expected {
                api.prompts.state.withLock { $0.outcome = outcome }
                try await api.ask("PUT", "/api/prompts/presets/1", Self.key, body: Self.preset).expectProblem(status)
            }
            api.prompts.state.withLock { $0.isAway = true }
            try await api.ask("DELETE", "/api/prompts/presets/1", Self.key).expectProblem(503)
            try await api.ask("DELETE", "/api/prompts/presets/x", Self.key).expectProblem(404)
        }
    }

    @Test("deleting, hiding, versions and going back reach the catalogue")
    func changes() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            api.prompts.state.withLock { $0.outcome = .done(.preset($0.presets[0])) }
            #expect(try await api.ask("DELETE", "/api/prompts/presets/1", Self.key).status == 204)
            #expect(try await api.ask("POST", "/api/prompts/presets/1/deactivate", Self.key).status == 200)
            #expect(try await api.ask("POST", "/api/prompts/presets/1/activate", Self.key).status == 200)
            let back = try await api.ask("POST", "/api/prompts/presets/1/rollback", Self.key, body: #"{"version":3}"#)
            #expect(back.status == 200)
            #expect(
                api.prompts.state.withLock { $0.asked } == [
                    "delete preset 1", "active 1 false", "active 1 true", "rollback 1 3",
                ])
            let versions = try await api.get("/api/prompts/presets/1/versions", Self.key).json
            #expect(versions["versions"]?.arrayValue?.first?["author"] == "files")
            try await api.get("/api/prompts/presets/9/versions", Self.key).expectProblem(404)
            try await api.ask("POST", "/api/prompts/presets/1/rollback", Self.key, body: "{}").expectProblem(422)
        }
    }
}
