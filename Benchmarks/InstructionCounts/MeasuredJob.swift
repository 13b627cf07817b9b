import Domain
import JSON
import Prompts

/// What is computed for one job between its being claimed and its end being stored, without what waits: its category
/// by its words, its prompt, the dry run's answer to that, the table in the answer, its place, the check of its sums,
/// and the text of the result.
enum MeasuredJob {
    private static let input: JobInput = {
        do throws(JSONParseError) {
            guard case .object(let object) = try JSONParser().parse(Samples.body),
                case .success(let input) = JobInputReader(queryField: "query_text").read(object)
            else { preconditionFailure("the sample is right") }
            return input
        } catch {
            preconditionFailure("the sample is JSON: \(error)")
        }
    }()

    private static let words = LexicalClassifier(
        categories: ["analysis", "generation"],
        phrases: [
            LabelledPhrase(category: "analysis", text: "Посчитай сумму и среднее по столбцу"),
            LabelledPhrase(category: "analysis", text: "Найди наибольшее значение в таблице"),
            LabelledPhrase(category: "generation", text: "Придумай таблицу с товарами и ценами"),
        ])

    /// Does all of it once.
    static func run() -> Int {
        let category = words.classify(input.query).category
        let task = PromptTask(
            text: input.query, source: table(), sourceRange: input.inputRange, outputRange: input.outputRange,
            date: Samples.task.date)
        let prompt = PromptBuilder(tokenBudget: 4_096).prompt(for: task, systemPrompt: Samples.systemPrompt)
        guard case .read(let answer) = AnswerParser.parse(echo(prompt, category)) else {
            preconditionFailure("the answer is a table")
        }
        let source = table()
        let range = OutputPlacement.range(
            ofResult: answer.table ?? [], category: category, wished: input.outputRange, source: input.inputRange,
            table: source)
        let warnings = AggregateCheck.warnings(
            query: input.query, source: source, sourceRange: input.inputRange, answer: answer.table,
            message: answer.message)
        let output = JobOutput(
            table: answer.table.map { .array($0.map(JSONValue.array)) }, message: answer.message, outputRange: range,
            category: category, tokens: TokenUsage(prompt: 10, completion: 8), model: "dryrun", provider: "dryrun",
            warnings: warnings.map { JobWarning(code: $0.code, message: $0.russian) })
        return (output.table?.json.bytes.count ?? 0) + (range?.utf8.count ?? 0)
    }

    /// Read for the prompt and again for the review, as jobs do.
    private static func table() -> SourceTable? {
        do {
            return try input.data.map { try SourceTable(inputData: try $0.value()) }
        } catch {
            preconditionFailure("the sample is a table: \(error)")
        }
    }

    /// What the dry run answers: labels, and behind them what it was given.
    private static func echo(_ prompt: ModelPrompt, _ category: String) -> String {
        let parts: [(String, String?)] = [
            ("Запрос", input.query), ("Диапазон", input.inputRange), ("Категория", category),
            ("Данные", input.data?.description), ("Системный промпт", prompt.system),
            ("Пользовательский промпт", prompt.user),
        ]
        return JSONValue.array(
            parts.map { label, text in .array([.string(label), text.map(JSONValue.string) ?? .null]) }
        ).description
    }
}
