import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("API: X-GigaOffice-Model on POST /api/ai/process", .timeLimit(.minutes(10)))
struct JobModelTests {
    private static let body = #"{"query_text":"q"}"#

    @Test("the model that a client names goes with its job")
    func named() async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(Self.body, ["X-GigaOffice-Model: mistral/small"])
            #expect(answer.status == 202)
            #expect(test.store.jobs.values.map(\.input.model) == ["mistral/small"])
            #expect(test.names.asked.withLock { $0 } == ["mistral/small for generation"])
        }
    }

    @Test("our own names and none leave the choice to the routing", arguments: ["gigaoffice", "default", "", nil])
    func routed(name: String?) async throws {
        try await TestAPI.with { test in
            test.names.answer.withLock { $0 = .refused }
            let answer = try await test.process(Self.body, name.map { ["X-GigaOffice-Model: \($0)"] } ?? [])
            #expect(answer.status == 202)
            #expect(test.store.jobs.values.map(\.input.model) == [nil])
            #expect(test.names.asked.withLock { $0 }.isEmpty)
        }
    }

    private static let refusals: [(ModelNaming, Int, String)] = [
        (.unknown(known: ["a/m", "b/n"]), 422, "Модели «x» нет. Есть: a/m, b/n"),
        (.ambiguous(["a/x", "b/x"]), 422, "Модель «x» есть у нескольких поставщиков, укажите одну из: a/x, b/x"),
        (.unsuitable, 422, "Модель «x» не выполняет запросов"),
        (.refused, 400, "Модель здесь выбирает сервис: не указывайте X-GigaOffice-Model"),
        (
            .undecided(providers: ["a"]), 503,
            "Не удалось узнать, есть ли модель «x»: не отвечает a. Укажите поставщик/модель"
        ),
    ]

    @Test("a name that is none is refused with what can be named, and nothing is stored", arguments: refusals)
    func refused(naming: ModelNaming, status: Int, detail: String) async throws {
        try await TestAPI.with { test in
            test.names.answer.withLock { $0 = naming }
            let answer = try await test.process(Self.body, ["X-GigaOffice-Model: x"])
            answer.expectProblem(status, detail: detail, instance: "/api/ai/process")
            #expect((answer["retry-after"] != nil) == (status == 503))
            #expect(test.store.jobs.isEmpty)
        }
    }

    @Test("a long list of models is cut, and a long name is not looked for")
    func long() async throws {
        try await TestAPI.with { test in
            test.names.answer.withLock { $0 = .unknown(known: (10..<40).map { "a/\($0)" }) }
            let cut = try await test.process(Self.body, ["X-GigaOffice-Model: x", "Accept-Language: en"])
            cut.expectProblem(422)
            #expect(cut.json["detail"]?.stringValue?.hasSuffix("a/29 and 10 more, see /api/models") == true)
            let name = String(repeating: "m", count: 257)
            try await test.process(Self.body, ["X-GigaOffice-Model: \(name)"]).expectProblem(422)
            #expect(test.names.asked.withLock { $0.count } == 1)
        }
    }

    @Test("one Idempotency-Key for two models is misused")
    func idempotency() async throws {
        try await TestAPI.with { test in
            let fields = ["Idempotency-Key: k", "X-GigaOffice-Model: m1"]
            let first = try await test.process(Self.body, fields)
            #expect(try await test.process(Self.body, fields).json == first.json)
            try await test.process(Self.body, ["Idempotency-Key: k", "X-GigaOffice-Model: m2"]).expectProblem(422)
            try await test.process(Self.body, ["Idempotency-Key: k"]).expectProblem(422)
            #expect(test.store.jobs.count == 1)
        }
    }
}
