import JSON
import TestSupport
import Testing

@Suite("A change of the catalogue", .timeLimit(.minutes(10)))
struct CatalogueChangeTests {
    private static let bearer = ["Authorization": "Bearer secret"]
    private static let letters = """
        {"name":"letters","display_name":"Составить письмо","description":"Тексты деловых писем","sort_order":7}
        """
    /// The promise is 2 s. What is added is for a machine that runs other tests meanwhile, for learning in a debug
    /// build, and for looking: each look at the worker is a job of its own.
    fileprivate static let limit = Duration.seconds(2) + .seconds(3)

    private struct Stage {
        let model: StandIn
        let first: Service
        let second: Service

        /// Whether the worker now offers the model the category, as a job shows that has to be classified.
        func workerKnowsLetters() async throws -> Bool {
            let known = try await model.conversations().count
            _ = try await first.result(try await first.submit(#"{"query_text":"Сделай что-нибудь"}"#))
            let asked = try await model.conversations().dropFirst(known).first
            return try #require(asked).contains("- letters: Составить письмо")
        }

        /// Whether the instance without the admin's key shows the category, and classifies with it.
        func secondKnowsLetters() async throws -> (shown: Bool, offered: Bool) {
            let list = try await second.client.get("/api/prompts/categories").json
            let names = list["categories"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
            _ = try await second.client.post("/api/prompts/classify", json: #"{"prompt_text":"Сделай"}"#)
            let asked = try #require(try await model.conversations().last)
            return (names.contains("letters"), asked.contains("- letters: Составить письмо"))
        }

        /// Waits until both other processes know, or no longer know, the category; throws after the limit.
        func expectEverywhere(known: Bool, since start: ContinuousClock.Instant) async throws {
            let limit = CatalogueChangeTests.limit
            try await eventually("in the other instance: \(known)", within: limit) {
                let second = try await secondKnowsLetters()
                return second.shown == known && second.offered == known ? () : nil
            }
            try await eventually("in the worker: \(known)", within: limit) {
                try await workerKnowsLetters() == known ? () : nil
            }
            let elapsed = ContinuousClock.now - start
            print("a change was everywhere after \(elapsed)")
            #expect(elapsed < limit)
        }
    }

    private func with(_ body: (Stage) async throws -> Void) async throws {
        try await Site.with { site in
            let model = try await site.startStandIn()
            let broker = try await site.startBroker()
            let settings = broker.settings.merging(model.settings) { $1 }
            let first = try await site.serve(.api, settings.merging(["ADMIN_API_KEY": "secret"]) { $1 })
            let second = try await site.serve(.api, settings)
            try await site.work(settings)
            let stage = Stage(model: model, first: first, second: second)
            // A worker joins its group some seconds after its start.
            #expect(try await stage.workerKnowsLetters() == false)
            try await body(stage)
        }
    }

    @Test("is gone by in every process within 2 s: a new category takes part in classification, a hidden one does not")
    func everywhere() async throws {
        try await with { stage in
            let made = try await stage.first.client.post(
                "/api/prompts/categories", json: Self.letters, Self.bearer)
            let created = ContinuousClock.now
            #expect(made.status == 201)
            let id = try #require(try made.json["category"]?["id"]?.intValue)
            try await stage.expectEverywhere(known: true, since: created)
            try await stage.model.answers(#"{"category":"letters","confidence":0.9}"#)
            try await stage.model.answers(#"[["Уважаемые коллеги"]]"#)
            let result = try await stage.first.result(try await stage.first.submit(#"{"query_text":"Напиши письмо"}"#))
            #expect(result["result"] == [["Уважаемые коллеги"]])
            let hidden = try await stage.first.client.post(
                "/api/prompts/categories/\(id)/deactivate", json: "{}", Self.bearer)
            let deactivated = ContinuousClock.now
            #expect(hidden.status == 200)
            try await stage.expectEverywhere(known: false, since: deactivated)
        }
    }
}
