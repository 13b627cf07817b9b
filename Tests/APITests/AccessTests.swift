import API
import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("Access by keys")
struct AccessTests {
    private static let required = AccessSettings(areKeysRequired: true)
    private static let job = #"{"query_text":"q"}"#

    private static func bearer(_ key: String) -> [String] { ["Authorization: Bearer \(key)"] }

    @Test("every route has a row that says who may call it")
    func everyRoute() async throws {
        try await TestAPI.with { api in #expect(api.undeclaredRoutes == []) }
    }

    @Test("without keys being required everything is as open as ever, whatever is sent in their place")
    func notRequired() async throws {
        try await TestAPI.with { api async throws in
            #expect(try await api.process(Self.job).status == 202)
            #expect(try await api.process(Self.job, Self.bearer("sk-of-another-service")).status == 202)
            #expect(try await api.get("/api/prompts/presets").status == 200)
        }
    }

    @Test("where keys are required nobody comes in without one, but for health")
    func missing() async throws {
        try await TestAPI.with(adminKey: "bootstrap", access: Self.required) { api in
            for (method, path) in [
                ("POST", "/api/ai/process"), ("GET", "/api/ai/status/\(JobID.sampleText)"),
                ("HEAD", "/api/ai/result/\(JobID.sampleText)"), ("DELETE", "/api/ai/requests/\(JobID.sampleText)"),
                ("POST", "/api/v1/feedback"), ("POST", "/api/prompts/classify"), ("GET", "/api/prompts/presets"),
                ("GET", "/api/prompts/catalogue"),
            ] {
                let answer = try await api.ask(method, path, body: method == "POST" ? Self.job : nil)
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer["www-authenticate"] == "Bearer")
                if method != "HEAD" { answer.expectProblem(401, instance: path) }
            }
            for path in ["/livez", "/readyz", "/api/health", "/api/ping", "/robots.txt"] {
                #expect(try await api.get(path).status == 200, "\(path)")
            }
            #expect(api.store.jobs.isEmpty)
        }
    }

    @Test("a key is taken from either header; a wrong, a revoked and an expired one are told apart in words only")
    func refused() async throws {
        try await TestAPI.with(access: Self.required) { api in
            let good = api.keyStore.make("good")
            let late = api.keyStore.make("late", expiresIn: -1)
            let revoked = api.keyStore.make("revoked")
            try await api.keys.refresh()
            #expect(try await api.process(Self.job, Self.bearer(good.text)).status == 202)
            #expect(try await api.process(Self.job, ["X-API-Key: \(good.text)"]).status == 202)
            _ = try await api.keyStore.revoke(revoked.key.id)
            try await api.keys.refresh()
            var generator = SystemRandomNumberGenerator()
            let details = [
                (APIKeyText(using: &generator).text, "The API key is not known, or was revoked"),
                (revoked.text, "The API key is not known, or was revoked"),
                (late.text, "The API key has expired"), ("sk-other", "The API key is not known, or was revoked"),
                (String(good.text.dropLast()), "The API key was copied badly: no key is like this"),
            ]
            for (key, detail) in details {
                let answer = try await api.post("/api/ai/process", Self.job, Self.bearer(key))
                answer.expectProblem(401, detail: detail)
                #expect(answer["www-authenticate"] == #"Bearer error="invalid_token""#)
            }
        }
    }

    @Test("a key of our form that is not known is refused even where none is required")
    func unknownThoughNotRequired() async throws {
        try await TestAPI.with { api in
            var generator = SystemRandomNumberGenerator()
            let answer = try await api.process(Self.job, Self.bearer(APIKeyText(using: &generator).text))
            answer.expectProblem(401)
        }
    }

    @Test("a key without the scope is 403, and the scope is named")
    func scopes() async throws {
        try await TestAPI.with(adminKey: "bootstrap", access: Self.required) { api in
            let reader = api.keyStore.make("reader", [.read]).text
            let submitter = api.keyStore.make("submitter", [.submit]).text
            let admin = api.keyStore.make("admin", [.admin]).text
            try await api.keys.refresh()
            let refused = try await api.post("/api/ai/process", Self.job, Self.bearer(reader))
            refused.expectProblem(403, detail: "The API key lacks the scope submit")
            #expect(refused["www-authenticate"] == #"Bearer error="insufficient_scope", scope="submit""#)
            try await api.get("/api/prompts/presets", Self.bearer(submitter))
                .expectProblem(403, detail: "У ключа API нет права read")
            try await api.get("/api/prompts/catalogue", Self.bearer(submitter))
                .expectProblem(403, detail: "У ключа API нет права admin")
            for key in [admin, "bootstrap"] {
                #expect(try await api.get("/api/prompts/catalogue", Self.bearer(key)).status == 200)
                #expect(try await api.process(Self.job, Self.bearer(key)).status == 202)
            }
        }
    }

    @Test("a key sees its own jobs and no others; to the rest of the world they are not there")
    func ownJobs() async throws {
        try await TestAPI.with(access: Self.required) { api in
            let mine = Self.bearer(api.keyStore.make("mine").text)
            let other = Self.bearer(api.keyStore.make("other").text)
            let admin = Self.bearer(api.keyStore.make("admin", [.admin]).text)
            try await api.keys.refresh()
            let id = try #require(try await api.process(Self.job, mine).json["request_id"]?.stringValue)
            let job = try #require(JobID(id))
            api.prompts.state.withLock { $0.jobs = [job] }
            for path in ["/api/ai/status/\(id)", "/api/ai/result/\(id)"] {
                #expect(try await api.get(path, mine).status == 200)
                #expect(try await api.get(path, admin).status == 200)
                try await api.get(path, other + ["Prefer: wait=5"]).expectProblem(404, detail: "Request not found")
            }
            let feedback = #"{"ai_request_id":"\#(id)","rating":true}"#
            #expect(try await api.post("/api/v1/feedback", feedback, mine).status == 201)
            #expect(api.prompts.state.withLock { $0.viewers }.last == .client(api.store.jobs[job]?.client ?? ""))
            try await api.ask("DELETE", "/api/ai/requests/\(id)", other)
                .expectProblem(404, detail: "Request not found")
            #expect(api.store.jobs[job]?.status.state == .queued)
            #expect(try await api.ask("DELETE", "/api/ai/requests/\(id)", mine).status == 200)
        }
    }

    @Test("where no key is required, a job of a key is hidden from those without one, and theirs from the key")
    func mixed() async throws {
        try await TestAPI.with { api in
            let key = Self.bearer(api.keyStore.make("key").text)
            try await api.keys.refresh()
            let ofKey = try #require(try await api.process(Self.job, key).json["request_id"]?.stringValue)
            let open = try await api.submit()
            #expect(try await api.get("/api/ai/status/\(ofKey)").status == 404)
            #expect(try await api.get("/api/ai/status/\(open)").status == 200)
            #expect(try await api.get("/api/ai/status/\(open)", key).status == 404)
        }
    }

    @Test("idempotency keys of two API keys never meet")
    func idempotency() async throws {
        try await TestAPI.with { api in
            let keys = ["one", "two"].map { Self.bearer(api.keyStore.make($0).text) }
            try await api.keys.refresh()
            let field = ["Idempotency-Key: k"]
            let first = try await api.process(Self.job, keys[0] + field).json["request_id"]
            let second = try await api.process(Self.job, keys[1] + field).json["request_id"]
            #expect(first != second)
            #expect(try await api.process(Self.job, keys[0] + field).json["request_id"] == first)
        }
    }

    @Test("while the database is away known keys go on, and unknown ones are 503, not 401")
    func away() async throws {
        try await TestAPI.with(access: Self.required) { api in
            let known = api.keyStore.make("known")
            try await api.keys.refresh()
            let late = api.keyStore.make("late")
            api.keyStore.state.withLock { $0.isAway = true }
            await #expect(throws: StoreError.self) { try await api.keys.refresh() }
            #expect(try await api.process(Self.job, Self.bearer(known.text)).status == 202)
            let undecided = try await api.process(Self.job, Self.bearer(late.text))
            undecided.expectProblem(503)
            #expect(undecided["retry-after"] == "1")
            api.keyStore.state.withLock { $0.isAway = false }
            try await api.keys.refresh()
            #expect(try await api.process(Self.job, Self.bearer(late.text)).status == 202)
        }
    }

    @Test("the keys are read again only when they have changed, and times of use are stored in batches")
    func uses() async throws {
        try await TestAPI.with(access: Self.required) { api in
            let made = api.keyStore.make("key")
            try await api.keys.refresh()
            let reads = api.keyStore.state.withLock { $0.reads }
            for _ in 1...3 { _ = try await api.process(Self.job, Self.bearer(made.text)) }
            try await api.keys.refresh()
            #expect(api.keyStore.state.withLock { $0.reads } == reads)
            #expect(api.keyStore.state.withLock { $0.uses.isEmpty })
            await api.keys.storeUses()
            #expect(api.keyStore.state.withLock { Array($0.uses.keys) } == [made.key.id])
        }
    }

    @Test("errors of access under /v1 have OpenAI's form")
    func openAIForm() async throws {
        try await TestAPI.with(access: Self.required) { api in
            let reader = api.keyStore.make("reader", [.read]).text
            try await api.keys.refresh()
            let missing = try await api.chat("{}")
            #expect(missing.status == 401)
            #expect(missing.json["error"]?["code"] == "invalid_api_key")
            #expect(missing["www-authenticate"] == "Bearer")
            let forbidden = try await api.chat("{}", Self.bearer(reader))
            #expect(forbidden.status == 403)
            #expect(forbidden.json["error"]?["message"] == "The API key lacks the scope submit")
        }
    }
}
