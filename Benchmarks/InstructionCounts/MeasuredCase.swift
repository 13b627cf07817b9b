import Domain
import HTTP
import HTTPServer
import JSON
import Prompts

/// Something whose instructions are counted: one call does the work once.
struct MeasuredCase: Sendable {
    /// As it stands in the baseline.
    let name: String
    /// Does it once. Gives a number that depends on the outcome, so that none of the work can be left out.
    let work: @Sendable () -> Int

    /// How often the work is done while it is counted.
    static let iterations = 200

    /// All of them.
    static let all: [MeasuredCase] = [
        MeasuredCase(name: "http-parser", work: parsesHead), MeasuredCase(name: "router", work: findsRoutes),
        MeasuredCase(name: "json-reader", work: readsJSON), MeasuredCase(name: "json-writer", work: writesJSON),
        MeasuredCase(name: "job-input", work: readsJob), MeasuredCase(name: "prompt-builder", work: buildsPrompt),
        MeasuredCase(name: "answer-parser", work: parsesAnswers),
        MeasuredCase(name: "aggregate-check", work: checksSums), MeasuredCase(name: "job-chain", work: MeasuredJob.run),
    ]

    // MARK: HTTP

    private static func parsesHead() -> Int {
        var parser = RequestParser()
        let result = Samples.request.withUnsafeBytes { parser.parse($0) }
        guard case .complete(let head, let consumed) = result else { preconditionFailure("the sample is a request") }
        return consumed + head.fieldCount
    }

    private static let router: Router = {
        var router = Router()
        for pattern in Samples.patterns { router.get(pattern) { (_: Request) -> Response in Response(.ok) } }
        return router
    }()

    private static func findsRoutes() -> Int {
        Samples.heads.reduce(0) { $0 + (router.match($1)?.parameters.count ?? 0) }
    }

    // MARK: A submission

    private static func readsJSON() -> Int { submission(Samples.body).count }

    private static func submission(_ body: [UInt8]) -> JSONObject {
        do throws(JSONParseError) {
            guard case .object(let object) = try JSONParser().parse(body) else {
                preconditionFailure("the sample is an object")
            }
            return object
        } catch {
            preconditionFailure("the sample is JSON: \(error)")
        }
    }

    private static let submitted = submission(Samples.body)
    private static let reader = JobInputReader(queryField: "query_text")

    private static func writesJSON() -> Int { JSONValue.object(submitted).serialized().count }

    private static func readsJob() -> Int {
        guard case .success(let input) = reader.read(submitted) else { preconditionFailure("the sample is right") }
        return input.query.utf8.count
    }

    // MARK: Prompts and answers

    private static func buildsPrompt() -> Int {
        PromptBuilder(tokenBudget: 4_096).prompt(for: Samples.task, systemPrompt: Samples.systemPrompt).estimatedTokens
    }

    private static func parsesAnswers() -> Int {
        Samples.answers.reduce(0) { sum, text in
            guard case .read(let answer) = AnswerParser.parse(text) else {
                preconditionFailure("the sample can be read")
            }
            return sum + (answer.table?.count ?? 0)
        }
    }

    private static func checksSums() -> Int {
        let warnings = AggregateCheck.warnings(
            query: Samples.checkedQuery, source: Samples.task.source, sourceRange: Samples.task.sourceRange,
            answer: Samples.checkedAnswer, message: nil)
        precondition(warnings.count == 1, "the sample's answer is wrong")
        return warnings.count
    }
}
