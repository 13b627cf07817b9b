public import Domain
import EventLoop
import JSON
import Prompts
import Telemetry

/// What happens to a job once it is taken: category, prompt, model, answer.
public struct JobPipeline: Sendable {
    private let models: any ChatModel
    private let prompts: any PromptSource
    private let builder: PromptBuilder
    private let checksResults: Bool

    /// A pipeline that asks `models` with the prompts that count when a job begins. `checksResults` has answers looked
    /// at for what a person should check.
    public init(models: any ChatModel, prompts: any PromptSource, tokenBudget: Int, checksResults: Bool = true) {
        self.models = models
        self.checksResults = checksResults
        self.prompts = prompts
        builder = PromptBuilder(tokenBudget: tokenBudget)
    }

    /// Does the job within `timeLeft`, which bounds each call of a model. Ends early when the task is cancelled. A
    /// failure says what was paid for all the same.
    public func run(_ job: ClaimedJob, timeLeft: Duration) async throws(JobFailure) -> JobOutput {
        var usage = TokenUsage()
        do throws(JobFailure) {
            return try await run(job, timeLeft, &usage)
        } catch {
            var failure = error
            failure.tokens = usage
            throw failure
        }
    }

    private func run(
        _ job: ClaimedJob, _ timeLeft: Duration, _ usage: inout TokenUsage
    ) async throws(JobFailure) -> JobOutput {
        var input = job.input
        var context = CallContext(
            requestID: "\(job.lease.id)", job: job.lease.id, client: job.client, attempt: job.attempt,
            timeBudget: timeLeft,
            trace: job.input.trace)
        context.longestSlotWait = Self.slotWait(within: timeLeft)
        let deadline = MonotonicTime.now + timeLeft
        let known = prompts.current
        let category = try await category(of: input, known, context, &usage)
        guard let systemPrompt = known.library.systemPrompt(forCategory: category) else {
            throw JobFailure(.internal, "Нет системного промпта для категории \(category)")
        }
        let prompt = builder.prompt(for: try task(input), systemPrompt: systemPrompt)
        input.category = category
        let target = input.model.map { ModelTarget.named($0, .generation) } ?? .stage(.generation, category: category)
        let request = Self.request(target, prompt.system, prompt.user, input, context)
        let (end, parsed) = try await ask(request, deadline, &usage)
        let review = AnswerReview(
            parsed, to: input, category: category, source: try source(input), checksResults: checksResults)
        return JobOutput(
            table: parsed.table.map { .array($0.map(JSONValue.array)) }, message: message(parsed),
            outputRange: review.outputRange, category: category, tokens: usage, model: end.model,
            provider: end.provider, warnings: review.warnings)
    }

    /// The client's choice if it names an active category, else the model's, else what the words of the task tell.
    private func category(
        of input: JobInput, _ known: LearntLibrary, _ context: CallContext, _ usage: inout TokenUsage
    ) async throws(JobFailure) -> String {
        let (library, fallback) = (known.library, LexicalFallback(known.words))
        if let name = input.category, library.category(named: name)?.isActive == true { return name }
        let prompt = ClassifierPrompt.prompt(
            for: input.query, categories: library.activeCategories, systemPrompt: library.classifier,
            includeDescriptions: true)
        let request = Self.request(.stage(.classification), prompt.system, prompt.user, input, context)
        let answer: ChatResult
        do throws(JobFailure) {
            answer = try await complete(request, &usage)
        } catch {
            guard !Task.isCancelled, !error.isLocalLimit, let category = fallback.category(of: input.query) else {
                throw error
            }
            return category
        }
        let category = CategoryAnswer.parse(answer.text, categories: library.activeCategories).category
        guard library.category(named: category)?.isActive == true else {
            if let category = fallback.categoryAfterUncertainty(of: input.query) { return category }
            throw JobFailure(
                .invalid, "Не удалось определить, что нужно сделать. Уточните запрос или выберите категорию.")
        }
        return category
    }

    /// How long a job waits for a slot before it goes back into the queue, where it holds nothing up: less than what is
    /// left of its time, so that a limit of ours is never what the time was used up by.
    private static func slotWait(within timeLeft: Duration) -> Duration { min(timeLeft / 2, .seconds(60)) }

    private static func request(
        _ target: ModelTarget, _ system: String, _ user: String, _ input: JobInput, _ context: CallContext
    ) -> ChatRequest {
        var request = ChatRequest(
            target, [ChatMessage(.system, system), ChatMessage(.user, user)], context: context)
        request.job = input
        return request
    }

    private func complete(
        _ request: ChatRequest, _ usage: inout TokenUsage
    ) async throws(JobFailure) -> ChatResult {
        do throws(ModelFailure) {
            let answer = try await models.complete(request)
            usage = usage + answer.end.tokens
            // What moderation keeps back comes as an answer with a canned text, which is no answer to the task.
            guard answer.end.reason != .blocked else {
                throw ModelFailure(.blocked, "moderation kept the answer back", provider: answer.end.provider)
            }
            return answer
        } catch {
            usage = usage + error.tokens
            throw JobFailure(error)
        }
    }

    private func task(_ input: JobInput) throws(JobFailure) -> PromptTask {
        let day = WallTime.now.seconds / 86_400
        guard let date = CalendarDay(daysSince1970: Int(day)) else {
            throw JobFailure(.internal, "Часы сервера показывают невозможную дату")
        }
        return PromptTask(
            text: input.query, source: try source(input), sourceRange: input.inputRange,
            outputRange: input.outputRange, date: date)
    }

    /// Read for the prompt and once more for the review of the answer: while a job waits for its model, its cells would
    /// take several times as much memory as their text.
    private func source(_ input: JobInput) throws(JobFailure) -> SourceTable? {
        guard let data = input.data else { return nil }
        let value: JSONValue
        do throws(JSONParseError) {
            value = try data.value()
        } catch {
            throw .unreadable
        }
        do throws(SourceTableError) {
            return try SourceTable(inputData: value)
        } catch {
            throw JobFailure(.invalid, "Таблица не читается: \(error.faults.map(\.path).joined(separator: ", "))")
        }
    }

    /// Asks, and once more when the answer cannot be read.
    private func ask(
        _ request: ChatRequest, _ deadline: MonotonicTime, _ usage: inout TokenUsage
    ) async throws(JobFailure) -> (ChatEnd, ParsedAnswer) {
        var request = request
        for round in 1...2 {
            request.context.timeBudget = max(deadline - .now, .zero)
            request.context.longestSlotWait = Self.slotWait(within: request.context.timeBudget)
            let answer = try await complete(request, &usage)
            switch AnswerParser.parse(answer.text) {
            case .read(let parsed): return (answer.end, parsed)
            case .unreadable:
                if round == 1 { request.messages[1].text += Self.repairNote }
            }
        }
        throw JobFailure(.malformed, "Модель дважды ответила так, что таблицу прочитать нельзя", isRetryable: true)
    }

    private static let repairNote =
        "\n\nПредыдущий ответ не удалось прочитать. Ответь только таблицей: массивом строк в формате JSON."

    private func message(_ parsed: ParsedAnswer) -> String? {
        let lines = [parsed.message].compactMap(\.self) + parsed.notes.map(\.russian)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
