public import JSON

/// Computes simple aggregates that a task asks for (sum, mean, minimum, maximum, count; by column, or by the groups
/// of one column) and compares them with what the model answered. Says nothing unless it is sure what is asked, what
/// each number of the answer stands for, and that it differs by more than rounding: a false alarm would cost more
/// trust than a miss. Takes time linear in both tables.
public enum AggregateCheck {
    /// No more warnings than this for one answer.
    public static let maximumWarnings = 10

    /// What differs. `sourceRange` is the source range as the client named it, for tasks that name columns by letter.
    public static func warnings(
        query: String, source: SourceTable?, sourceRange: String?, answer: [[JSONValue]]?, message: String?
    ) -> [ResultWarning] {
        // What is cheap to know comes first: most tasks and many answers have nothing in them to check.
        guard query.utf8.count <= maximumQueryBytes, let source, answer.map(AnswerNumbers.isAny) ?? (message != nil),
            let names = ColumnNames(source)
        else { return [] }
        let firstColumn = sourceRange.flatMap(CellRange.init)?.columns.lowerBound ?? 1
        guard let phrase = CheckPhrase(query, names, firstColumn: firstColumn), !phrase.aggregates.isEmpty,
            let table = CheckedTable(source, names), let request = AggregateRequest(phrase, table)
        else { return [] }
        let reader = AnswerNumbers(request, table, firstColumn: firstColumn)
        let found = answer.map(reader.numbers) ?? message.map(reader.numbers) ?? []
        return found.filter { number in
            guard let value = request.values[number.value] else { return false }
            return !number.number.matches(value.exact, scale: value.scale)
        }.prefix(maximumWarnings).map { warning($0, request, table) }
    }

    /// A name as a person needs it to find the place: a cell may hold a whole letter, and a warning goes along with a
    /// result whose table was left out for its size.
    private static func clipped(_ name: String) -> String {
        name.count > longestName ? name.prefix(longestName - 1) + "…" : name
    }

    private static let longestName = 80

    /// Longer tasks are never simple.
    private static let maximumQueryBytes = 1000

    private static func warning(
        _ found: AnswerNumbers.Found, _ request: AggregateRequest, _ table: CheckedTable
    ) -> ResultWarning {
        var subject = found.value.aggregate.russian
        if let column = found.value.column { subject += " по столбцу «\(clipped(table.names.texts[column]))»" }
        if let group = found.group { subject += ", «\(clipped(group))»" }
        return .aggregateDiffers(
            subject: subject, answered: CheckedNumber.text(found.number.value),
            computed: CheckedNumber.text(request.values[found.value]?.exact ?? 0))
    }
}
