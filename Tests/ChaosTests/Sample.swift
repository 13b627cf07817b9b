import JSON

@testable import Chaos

/// Histories to change: one submission, its job, and everything as it should be.
enum Sample {
    static let payload = Payload(7, seed: 1)
    static let job = "01a1fc62-0000-7000-8000-000000000007"

    /// Everything was kept.
    static func history(_ change: (inout History) -> Void = { _ in }) -> History {
        var history = History()
        var submission = Submission(payload, .keyed)
        submission.promised = [job]
        let stored = StoredJob(row: row())
        history.submissions = [submission]
        history.jobs = [stored]
        history.sightings = [.init(job: job, ending: nil), .init(job: job, ending: stored.ending)]
        history.responses = [.init(job: job, ending: stored.ending)]
        history.storedEnds = [job]
        change(&history)
        return history
    }

    /// The job's row; `changes` replace columns.
    static func row(_ changes: [(String, JSONValue)] = []) -> JSONValue {
        let columns: [(String, JSONValue)] = [
            ("id", .string(job)), ("status", "completed"), ("query_text", .string(payload.query)),
            ("input_range", payload.inputRange.map(JSONValue.string) ?? .null), ("input_data", payload.data ?? .null),
            ("priority", .integer(payload.priority)), ("attempts", 1), ("fencing_token", 1), ("losses", 0),
            ("result_data", table(query: payload.query)), ("completed", 1000),
        ]
        let changed = Set(changes.map(\.0))
        return .object(JSONObject(columns.filter { !changed.contains($0.0) } + changes))
    }

    /// What the dry run answers.
    static func table(query: String) -> JSONValue {
        let data = payload.data.map { JSONValue.string($0.description) } ?? .null
        return .array([
            .array(["Запрос", .string(query)]), .array(["Диапазон", .null]), .array(["Категория", .null]),
            .array(["Данные", data]),
        ])
    }

    static var otherEnding: JobEnding {
        .completed(table: table(query: "another one"), message: nil)
    }

    /// The kinds of violations that the checker finds.
    static func kinds(_ change: (inout History) -> Void) -> [Violation.Kind] {
        Checker(history(change)).violations().map(\.kind)
    }
}
