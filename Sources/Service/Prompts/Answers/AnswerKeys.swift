/// The names models give to the parts of an answer. Compared without regard to case.
enum AnswerKeys {
    private static let wrappers = rank([
        "result", "results", "rows", "data", "table", "output", "response", "answer", "values", "items", "records",
        "cells", "результат", "таблица", "строки", "данные", "ответ", "значения",
    ])
    private static let headers = rank([
        "columns", "header", "headers", "column_names", "столбцы", "колонки", "заголовки", "заголовок",
    ])
    private static let messages: Set<String> = [
        "message", "text", "text_content", "comment", "explanation", "summary", "note", "description", "error",
        "сообщение", "комментарий", "пояснение", "вывод", "описание", "ошибка",
    ]
    private static let companions: Set<String> = [
        "success", "status", "ok", "count", "total", "row_count", "column_count", "range", "output_range", "sheet",
        "title", "type", "format", "version", "metadata", "статус", "диапазон", "название",
    ]

    /// The place among the names for the table itself, best first; nil for another name.
    static func wrapperRank(_ key: String) -> Int? { wrappers[key.lowercased()] }

    /// The same among the names for the header.
    static func headerRank(_ key: String) -> Int? { headers[key.lowercased()] }

    /// Whether the member holds words for a person.
    static func isMessage(_ key: String) -> Bool { messages.contains(key.lowercased()) }

    /// Whether the member only accompanies a table.
    static func isCompanion(_ key: String) -> Bool {
        companions.contains(key.lowercased()) || isMessage(key) || headerRank(key) != nil
    }

    private static func rank(_ names: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }
}
