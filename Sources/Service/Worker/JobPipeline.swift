public import Domain
import JSON
public import Prompts
import Telemetry

/// What happens to a job once it is taken: category, prompt, model, answer.
public struct JobPipeline: Sendable {
    private let model: any LanguageModel
    private let library: PromptLibrary
    private let builder: PromptBuilder
    private let fallback: LexicalFallback
    private let checksResults: Bool

    /// A pipeline that asks `model` with the prompts of `library`. `checksResults` has answers looked at for what a
    /// person should check.
    public init(model: any LanguageModel, library: PromptLibrary, tokenBudget: Int, checksResults: Bool = true) {
        self.checksResults = checksResults
        fallback = LexicalFallback(library)
        self.model = model
        self.library = library
        builder = PromptBuilder(tokenBudget: tokenBudget)
    }

    /// Does the job, for the time numbered `attempt` (from 1). Ends early when the task is cancelled.
    public func run(_ input: JobInput, attempt: Int = 1) async throws(JobFailure) -> JobOutput {
        var usage = TokenUsage()
        let category = try await category(of: input, &usage)
        guard let systemPrompt = library.systemPrompt(forCategory: category) else {
            throw JobFailure(.internal, "Нет системного промпта для категории \(category)")
        }
        let task = try task(input)
        let prompt = builder.prompt(for: task, systemPrompt: systemPrompt)
        var request = ModelRequest(
            purpose: .generation, systemPrompt: prompt.system, userPrompt: prompt.user, input: input,
            attempt: attempt)
        request.input.category = category
        let (answer, parsed) = try await ask(request, &usage)
        let review = AnswerReview(
            parsed, to: input, category: category, source: task.source, checksResults: checksResults)
        return JobOutput(
            table: parsed.table.map { .array($0.map(JSONValue.array)) }, message: message(parsed),
            outputRange: review.outputRange, category: category, tokens: usage, model: answer.model,
            provider: model.provider, warnings: review.warnings)
    }

    /// The client's choice if it names an active category, else the model's, else what the words of the task tell.
    private func category(of input: JobInput, _ usage: inout TokenUsage) async throws(JobFailure) -> String {
        if let name = input.category, library.category(named: name)?.isActive == true { return name }
        let prompt = ClassifierPrompt.prompt(
            for: input.query, categories: library.activeCategories, systemPrompt: library.classifier,
            includeDescriptions: true)
        let answer: ModelAnswer
        do throws(JobFailure) {
            answer = try await model.complete(
                ModelRequest(
                    purpose: .classification, systemPrompt: prompt.system, userPrompt: prompt.user, input: input))
        } catch {
            guard !Task.isCancelled, let category = fallback.category(of: input.query) else { throw error }
            return category
        }
        usage = usage + answer.tokens
        let category = CategoryAnswer.parse(answer.text, categories: library.activeCategories).category
        guard library.category(named: category)?.isActive == true else {
            if let category = fallback.categoryAfterUncertainty(of: input.query) { return category }
            throw JobFailure(
                .invalid, "Не удалось определить, что нужно сделать. Уточните запрос или выберите категорию.")
        }
        return category
    }

    private func task(_ input: JobInput) throws(JobFailure) -> PromptTask {
        let day = WallTime.now.seconds / 86_400
        guard let date = CalendarDay(daysSince1970: Int(day)) else {
            throw JobFailure(.internal, "Часы сервера показывают невозможную дату")
        }
        do throws(SourceTableError) {
            return PromptTask(
                text: input.query,
                source: try input.data.map { data throws(SourceTableError) in
                    try SourceTable(inputData: data)
                }, sourceRange: input.inputRange, outputRange: input.outputRange, date: date)
        } catch {
            throw JobFailure(.invalid, "Таблица не читается: \(error.faults.map(\.path).joined(separator: ", "))")
        }
    }

    /// Asks, and once more when the answer cannot be read.
    private func ask(
        _ request: ModelRequest, _ usage: inout TokenUsage
    ) async throws(JobFailure) -> (ModelAnswer, ParsedAnswer) {
        var request = request
        for round in 1...2 {
            let answer = try await model.complete(request)
            usage = usage + answer.tokens
            switch AnswerParser.parse(answer.text) {
            case .read(let parsed): return (answer, parsed)
            case .unreadable:
                if round == 1 { request.userPrompt += Self.repairNote }
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
