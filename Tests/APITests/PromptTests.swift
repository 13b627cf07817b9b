import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@testable import API

@Suite("Prompts over HTTP")
struct PromptTests {
    @Test("categories: the active ones with their presets counted, in the shape that clients know")
    func categories() async throws {
        try await TestAPI.with { api in
            let answer = try await api.get("/api/prompts/categories")
            #expect(answer.status == 200)
            #expect(
                answer.json == [
                    "status": "success",
                    "categories": [
                        [
                            "id": 1, "name": "analysis", "display_name": "Анализ", "description": "о ней",
                            "is_active": true, "sort_order": 1, "prompt_count": 1,
                        ],
                        [
                            "id": 2, "name": "search", "display_name": "Поиск", "description": "о ней",
                            "is_active": true, "sort_order": 2, "prompt_count": 1,
                        ],
                    ],
                ])
        }
    }

    @Test("one category with its presets; an inactive, unknown or malformed one is 404")
    func category() async throws {
        try await TestAPI.with { api in
            let answer = try await api.get("/api/prompts/categories/1").json
            #expect(answer["category"]?["prompt_count"] == 1)
            #expect(
                answer["prompts"] == [
                    [
                        "id": 1, "name": "Сводка", "description": "о нём", "template": "Составь сводку\n",
                        "category_id": 1,
                    ]
                ])
            for path in ["5", "77", "x%20y", "-1", "99999999999999999999"] {
                try await api.get("/api/prompts/categories/" + path).expectProblem(404, detail: "Категория не найдена")
            }
        }
    }

    @Test("presets: all in a stable order, or those of a category by number or name")
    func presets() async throws {
        try await TestAPI.with { api in
            let all = try await api.get("/api/prompts/presets").json
            #expect(all["prompts"]?.arrayValue?.map { $0["id"] } == [1, 3])
            let one: JSONValue = [
                "status": "success",
                "prompts": [
                    [
                        "id": 3, "name": "Отбор", "template": "Найди строки", "category_id": 2,
                        "category_name": "search", "category_display_name": "Поиск",
                    ]
                ],
            ]
            #expect(try await api.get("/api/prompts/presets?category=2").json == one)
            #expect(try await api.get("/api/prompts/presets?category=search").json == one)
            try await api.get("/api/prompts/presets?category=nowhere").expectProblem(404)
        }
    }

    @Test("an unchanged list is 304, and reading touches no database, even one that is away")
    func cached() async throws {
        try await TestAPI.with { api in
            let calls = api.prompts.state.withLock { state in
                state.isAway = true
                return state.calls
            }
            let tag = try #require(try await api.get("/api/prompts/presets")["etag"])
            let again = try await api.get("/api/prompts/presets", ["If-None-Match: \(tag)"])
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(try await api.get("/api/prompts/categories").status == 200)
            #expect(try await api.get("/api/prompts/categories/1").status == 200)
            #expect(try await api.ask("HEAD", "/api/prompts/categories").status == 200)
            #expect(api.prompts.state.withLock { $0.calls } == calls)
        }
    }

    @Test("a new revision is seen at the next look, and the last one is served while the database is away")
    func refreshes() async throws {
        try await TestAPI.with { api in
            api.prompts.state.withLock { state in
                state.presets.removeLast()
                state.revision += 1
                state.isAway = true
            }
            await #expect(throws: StoreError.self) { try await api.catalogue.refresh() }
            #expect(try await api.get("/api/prompts/presets").json["prompts"]?.arrayValue?.count == 2)
            api.prompts.state.withLock { $0.isAway = false }
            try await api.catalogue.refresh()
            #expect(try await api.get("/api/prompts/presets").json["prompts"]?.arrayValue?.count == 1)
        }
    }

    @Test("whoever goes by the catalogue is told of each revision once")
    func tells() async throws {
        let (prompts, told) = (FakePrompts(), Lock<[Int64]>([]))
        let cache = CatalogueCache(prompts, logger: Logger(try LogSink(minimumLevel: .error, format: .text))) {
            contents in told.withLock { $0.append(contents.revision) }
        }
        try await cache.refresh()
        try await cache.refresh()
        prompts.state.withLock { $0.revision += 1 }
        try await cache.refresh()
        #expect(told.withLock { $0 } == [1, 2])
    }

    @Test("reading and using presets writes nothing; uses are stored together, and rarely")
    func usesAreGathered() async throws {
        let (prompts, logger) = (FakePrompts(), Logger(try LogSink(minimumLevel: .error, format: .text)))
        let cache = CatalogueCache(
            prompts, interval: .milliseconds(5), usesInterval: .milliseconds(100), logger: logger)
        try await onLoop { loop in
            try await cache.refresh()
            let running = loop.spawn { await cache.run(on: loop) }
            for _ in 0..<1000 { cache.noteUse("Составь сводку") }
            let isStored = try await eventually(on: loop) { prompts.state.withLock { $0.uses[1] == 1000 } }
            running.cancel()
            _ = await running.result
            #expect(isStored)
        }
        #expect(prompts.state.withLock { $0.writes } == 1)
    }

    @Test("classify gives the whole category, its confidence and its source")
    func classify() async throws {
        try await TestAPI.with { api in
            let answer = try await api.ask(
                "POST", "/api/prompts/classify", body: #"{"prompt_text":"Сколько?","include_descriptions":true}"#)
            #expect(answer.status == 200)
            #expect(answer.json["success"] == true && answer.json["query_text"] == "Сколько?")
            #expect(answer.json["category"]?["id"] == 1 && answer.json["category"]?["description"] == "о ней")
            #expect(answer.json["confidence"] == 0.75 && answer.json["source"] == "lexical")
            api.prompts.state.withLock {
                $0.guess = CategoryGuess(category: "uncertain", confidence: 0.1, source: .model)
            }
            let unsure = try await api.ask("POST", "/api/prompts/classify", body: #"{"prompt_text":"?"}"#)
            #expect(unsure.json["category"] == ["name": "uncertain"] && unsure.json["source"] == "model")
        }
    }

    @Test("classify names every fault")
    func classifyFaults() async throws {
        try await TestAPI.with { api in
            let answer = try await api.ask(
                "POST", "/api/prompts/classify", body: #"{"prompt_text":7,"include_descriptions":"yes"}"#)
            answer.expectProblem(422)
            #expect(answer.json["errors"]?.arrayValue?.count == 2)
            try await api.ask("POST", "/api/prompts/classify", body: "{}").expectProblem(422)
        }
    }

    @Test("a task that is a preset's template counts as its use, stored in one go")
    func uses() async throws {
        try await TestAPI.with { api in
            _ = try await api.process(#"{"query_text":"Составь сводку"}"#)
            _ = try await api.process(#"{"query_text":" Составь сводку\n"}"#)
            _ = try await api.process(#"{"query_text":"Другое"}"#)
            _ = try await api.ask("POST", "/api/prompts/classify", body: #"{"prompt_text":"Найди строки"}"#)
            api.prompts.state.withLock { $0.isAway = true }
            await api.catalogue.storeUses()
            api.prompts.state.withLock { $0.isAway = false }
            await api.catalogue.storeUses()
            await api.catalogue.storeUses()
            #expect(api.prompts.state.withLock { $0.uses } == [1: 2, 3: 1])
        }
    }
}
