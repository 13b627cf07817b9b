import Domain
import EventLoop
import JSON
import Prompts
import Telemetry
import TestSupport
import Testing

@testable import Worker

@Suite("Job pipeline")
struct JobPipelineTests {
    private func run(
        _ model: ScriptedModel, _ input: JobInput, checksResults: Bool = true
    ) async throws -> JobOutput {
        try await onLoop { _ in
            let pipeline = JobPipeline(
                models: model, prompts: testPrompts, tokenBudget: 8192, checksResults: checksResults)
            return try await pipeline.run(Self.claimed(input), timeLeft: .seconds(60))
        }
    }

    private static func claimed(_ input: JobInput) -> ClaimedJob {
        ClaimedJob(
            lease: JobLease(id: jobID(7), token: FencingToken(1)), input: input, attempt: 2, createdAt: .now,
            client: "c")
    }

    @Test("the client's category decides the system prompt, and nothing is classified")
    func givenCategory() async throws {
        let model = ScriptedModel(.answer("[[1,2]]"))
        let output = try await run(model, JobInput(query: "q", category: "analysis"))
        #expect(output.category == "analysis")
        #expect(output.table == [[1, 2]])
        #expect(model.requests.count == 1)
        #expect(model.requests[0].messages[0].text.contains("system of analysis"))
    }

    @Test(
        "a job without a known category is classified first, and both calls are paid for",
        arguments: [nil, "nonsense"])
    func classified(category: String?) async throws {
        let model = ScriptedModel(.answer(#"{"category":"analysis","confidence":0.8}"#), .answer("[[1]]"))
        let output = try await run(model, JobInput(query: "q", category: category))
        #expect(output.category == "analysis")
        #expect(output.tokens == TokenUsage(prompt: 6, completion: 4))
        #expect(model.requests.map(\.target) == [.stage(.classification), .stage(.generation, category: "analysis")])
        let context = model.requests[1].context
        #expect(context.requestID == "\(jobID(7))")
        #expect(context.job == jobID(7))
        #expect(context.client == "c")
        #expect(context.attempt == 2)
        #expect(output.provider == "scripted")
    }

    @Test("the model that the client named does the job, and the routing's one finds its category")
    func namedModel() async throws {
        let model = ScriptedModel(.answer(#"{"category":"analysis","confidence":0.8}"#), .answer("[[1]]"))
        _ = try await run(model, JobInput(query: "q", model: "mistral/small"))
        #expect(model.requests.map(\.target) == [.stage(.classification), .named("mistral/small", .generation)])
    }

    @Test("a job that cannot be classified fails with a reason for a person")
    func uncertain() async throws {
        let model = ScriptedModel(.answer("не знаю"))
        let failure = await #expect(throws: JobFailure.self) { try await run(model, JobInput(query: "q")) }
        #expect(failure?.failureClass == .invalid)
        #expect(failure?.message.isEmpty == false)
    }

    @Test("an unreadable answer is repaired once")
    func repaired() async throws {
        let model = ScriptedModel(.answer("[[1, {"), .answer("[[7]]"))
        let output = try await run(model, JobInput(query: "q", category: "analysis"))
        #expect(output.table == [[7]])
        #expect(model.requests.count == 2)
        #expect(model.requests[1].messages[1].text.hasPrefix(model.requests[0].messages[1].text))
        #expect(model.requests[1].messages[1].text != model.requests[0].messages[1].text)
    }

    @Test("two unreadable answers fail the job as malformed")
    func malformed() async throws {
        let model = ScriptedModel(.answer("[[1, {"))
        let failure = await #expect(throws: JobFailure.self) {
            try await run(model, JobInput(query: "q", category: "analysis"))
        }
        #expect(failure?.failureClass == .malformed)
        #expect(model.requests.count == 2)
    }

    @Test("a failure says what was paid for by then, its own part too")
    func spentInVain() async throws {
        var failure = ModelFailure(.server, "500")
        failure.tokens = TokenUsage(prompt: 1)
        let model = ScriptedModel(.answer(#"{"category":"analysis","confidence":0.8}"#), .failure(failure))
        let failed = await #expect(throws: JobFailure.self) { try await run(model, JobInput(query: "q")) }
        #expect(failed?.tokens == TokenUsage(prompt: 4, completion: 2))
        let unreadable = ScriptedModel(.answer("[[1, {"))
        let malformed = await #expect(throws: JobFailure.self) {
            try await run(unreadable, JobInput(query: "q", category: "analysis"))
        }
        #expect(malformed?.tokens == TokenUsage(prompt: 6, completion: 4))
    }

    @Test("a text answer becomes the message")
    func text() async throws {
        let model = ScriptedModel(.answer("Данных недостаточно."))
        let output = try await run(model, JobInput(query: "q", category: "analysis"))
        #expect(output.table == nil)
        #expect(output.message == "Данных недостаточно.")
    }

    @Test("the model's failure is the job's")
    func failing() async throws {
        let model = ScriptedModel(.failure(ModelFailure(.rateLimited, "busy", retryAfter: .seconds(3))))
        let failure = await #expect(throws: JobFailure.self) {
            try await run(model, JobInput(query: "q", category: "analysis"))
        }
        #expect(failure == JobFailure(ModelFailure(.rateLimited, "busy", retryAfter: .seconds(3))))
    }

    private static let busy = ScriptedModel.Step.failure(ModelFailure(.rateLimited, "занято"))

    @Test("when the model cannot classify, the words of the task decide, if they say enough")
    func lexicalFallback() async throws {
        let failed = ScriptedModel(Self.busy, .answer("[[1]]"))
        let found = try await run(failed, JobInput(query: "нужен анализ"))
        #expect(found.category == "analysis")
        let uncertain = ScriptedModel(.answer("не знаю"), .answer("[[1]]"))
        #expect(try await run(uncertain, JobInput(query: "создание")).category == "generation")
        let silent = ScriptedModel(Self.busy)
        let failure = await #expect(throws: JobFailure.self) { try await run(silent, JobInput(query: "привет")) }
        #expect(failure?.failureClass == .rateLimited)
    }

    /// Prompts that a test changes between two jobs.
    private final class ChangingPrompts: PromptSource {
        private let state = Lock(testPrompts)

        var current: LearntLibrary { state.withLock { $0 } }

        func set(_ categories: [PromptCategory]) {
            let library = PromptLibrary(
                categories: categories, presets: [], systemPrompts: testLibrary.systemPrompts,
                classifier: testLibrary.classifier, general: SystemPrompt(prompt: "general system"))
            state.withLock { $0 = LearntLibrary(library) }
        }
    }

    @Test("a category that is made or hidden while the pipeline runs takes part in the next job, or no more")
    func changingCategories() async throws {
        let (prompts, model) = (ChangingPrompts(), ScriptedModel(.answer("[[1]]")))
        let run = { (input: JobInput) in
            try await onLoop { _ in
                let pipeline = JobPipeline(models: model, prompts: prompts, tokenBudget: 8192)
                return try await pipeline.run(Self.claimed(input), timeLeft: .seconds(60))
            }
        }
        let letters = PromptCategory(
            id: 7, name: "letters", displayName: "Письма", description: "Тексты писем", sortOrder: 3)
        prompts.set([testLibrary.categories[0], letters])
        #expect(try await run(JobInput(query: "q", category: "letters")).category == "letters")
        let system = try #require(model.requests.first?.messages.first?.text)
        #expect(system.contains("general system") && system.contains("Тексты писем"))
        let hidden = await #expect(throws: JobFailure.self) {
            try await run(JobInput(query: "q", category: "generation"))
        }
        #expect(hidden?.failureClass == .invalid)
        let list = try #require(model.requests.last { $0.target == .stage(.classification) }?.messages.first?.text)
        #expect(list.contains("- letters: Письма. Тексты писем") && !list.contains("generation"))
    }

    @Test("a limit of our own puts the job off, and words decide nothing in its place")
    func localLimit() async throws {
        let model = ScriptedModel(.failure(ModelFailure(.timeout, "no slot", localWait: .seconds(7))))
        let failure = await #expect(throws: JobFailure.self) {
            try await run(model, JobInput(query: "нужен анализ"))
        }
        #expect(failure?.isLocalLimit == true && failure?.localWait == .seconds(7))
        #expect(model.requests.count == 1)
        let wait = try #require(model.requests[0].context.longestSlotWait)
        #expect(wait == .seconds(30))
    }

    @Test("the place of the table is computed when none was asked for")
    func placed() async throws {
        let model = ScriptedModel(.answer("[[1,2]]"))
        let input = JobInput(query: "q", inputRange: "A1:B10", category: "analysis")
        #expect(try await run(model, input).outputRange == "A12:B12")
    }

    @Test("a sum that the source does not give is warned about, unless checks are off")
    func warned() async throws {
        var input = JobInput(query: "Посчитай сумму по столбцу Цена", category: "analysis", outputRange: "A1:A1")
        input.data = [["Товар", "Цена"], ["Чай", 10], ["Кофе", 20]]
        let asked = input
        let output = try await run(ScriptedModel(.answer("[[31]]")), asked)
        #expect(output.warnings.map(\.code) == ["aggregate_differs"])
        #expect(try await run(ScriptedModel(.answer("[[30]]")), asked).warnings.isEmpty)
        let unchecked = try await run(ScriptedModel(.answer("[[31]]")), asked, checksResults: false)
        #expect(unchecked.warnings.isEmpty)
    }
}
