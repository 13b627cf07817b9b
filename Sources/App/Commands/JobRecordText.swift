import API
import Domain
import JSON
import Telemetry

/// How jobs are printed. Texts of clients are shown on one line and move no cursor.
enum JobRecordText {
    /// A table for people.
    static func table(_ records: [JobRecord]) -> String {
        let rows = [["ID", "STATUS", "TRIES", "PRIORITY", "CREATED", "CLIENT", "QUERY OR ERROR"]] + records.map(row)
        return TextTable.aligned(rows)
    }

    /// A line of JSON for each.
    static func lines(_ records: [JobRecord]) -> String {
        records.map { record in
            String(decoding: JSONWriter.object { JobRecordJSON.write(record, to: &$0) }, as: UTF8.self) + "\n"
        }.joined()
    }

    /// All about one job, on one line of JSON.
    static func line(_ record: JobRecord, _ calls: [ModelCall]) -> String {
        let line = JSONWriter.object { object in
            JobRecordJSON.write(record, to: &object)
            ModelCallText.write(calls, to: &object)
        }
        return String(decoding: line, as: UTF8.self) + "\n"
    }

    /// All about one job, for people.
    static func page(_ record: JobRecord, _ calls: [ModelCall]) -> String {
        let costs = ModelCallText.costs(of: calls).map { "\($0.cost.short) \($0.currency)" }.joined(separator: ", ")
        let pairs = (facts(record) + [("cost", costs.isEmpty ? nil : costs)]).compactMap { name, value in
            value.map { HelpLine(term: name, meaning: $0.printable) }
        }
        return HelpLine.aligned(pairs) + "\n" + (calls.isEmpty ? "" : "\n" + ModelCallText.table(calls))
    }

    private static func row(_ record: JobRecord) -> [String] {
        let status = record.status
        let note =
            JobRecordJSON.failure(of: record).map { "\($0.failureClass.rawValue): \($0.message)" } ?? record.input.query
        return [
            status.id.description, status.state.rawValue, String(status.attempts), String(record.input.priority.value),
            String(status.createdAt.rfc3339.prefix(19)) + "Z", record.client.printable,
            String(note.printable.prefix(60)),
        ]
    }

    private static func facts(_ record: JobRecord) -> [(String, String?)] {
        let status = record.status
        let failure = JobRecordJSON.failure(of: record)
        return [
            ("id", status.id.description), ("status", status.state.rawValue), ("client", record.client),
            ("priority", String(record.input.priority.value)), ("attempts", String(status.attempts)),
            ("losses", String(record.losses)), ("worker", record.worker), ("created", status.createdAt.rfc3339),
            ("started", status.startedAt?.rfc3339), ("completed", status.completedAt?.rfc3339),
            ("next try", status.retry?.at.rfc3339), ("error", failure.map { $0.failureClass.rawValue }),
            ("message", failure?.message), ("query", record.input.query), ("category", record.input.category),
            ("wished model", record.input.model),
            ("input range", record.input.inputRange), ("output range", record.input.outputRange),
            ("data", record.dataBytes.map { "\($0) bytes" }), ("result", record.resultBytes.map { "\($0) bytes" }),
        ] + outputFacts(record)
    }

    private static func outputFacts(_ record: JobRecord) -> [(String, String?)] {
        if case .failed(let failure) = record.result { return [("tokens", String(failure.tokens.total))] }
        guard case .completed(let output, let seconds) = record.result else { return [] }
        return [
            ("answer", output.message), ("model", output.model), ("provider", output.provider),
            ("tokens", String(output.tokens.total)), ("seconds", String(seconds)),
        ]
    }
}
