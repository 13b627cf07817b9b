/// Something a person should know about how an answer was read.
public enum AnswerNote: Sendable, Hashable {
    /// The answer stops in the middle or is damaged; the table holds the rows that are whole.
    case cutOff
    /// The model left rows out and wrote `...` in their place.
    case rowsOmittedByModel
    /// There were several tables; the one that looks like the result, else the last, was taken.
    case severalTables
    /// There was no JSON; the table was read from Markdown.
    case readFromMarkdown
    /// There was no JSON; the table was read from lines with a separator.
    case readFromDelimitedText

    /// For a person, in Russian.
    public var russian: String {
        switch self {
        case .cutOff: "Ответ модели оборван или повреждён: сохранены только целые строки таблицы."
        case .rowsOmittedByModel: "Модель пропустила часть строк: таблица может быть неполной."
        case .severalTables: "В ответе модели несколько таблиц: взята итоговая."
        case .readFromMarkdown: "Модель ответила не в формате JSON: таблица прочитана из разметки Markdown."
        case .readFromDelimitedText: "Модель ответила не в формате JSON: таблица прочитана из текста с разделителями."
        }
    }

    /// For a person, in English.
    public var english: String {
        switch self {
        case .cutOff: "The model's answer is cut off or damaged: only the whole rows of the table were kept."
        case .rowsOmittedByModel: "The model skipped some rows: the table may be incomplete."
        case .severalTables: "The model's answer has several tables: the final one was taken."
        case .readFromMarkdown: "The model did not answer in JSON: the table was read from Markdown."
        case .readFromDelimitedText: "The model did not answer in JSON: the table was read from delimited text."
        }
    }
}
