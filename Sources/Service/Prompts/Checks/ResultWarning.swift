/// Something about a result that a person should look at before relying on it.
public enum ResultWarning: Sendable, Hashable {
    /// A number in the answer is not what the source gives: what it is about in words, what the model wrote, and what
    /// was computed here.
    case aggregateDiffers(subject: String, answered: String, computed: String)
    /// The result has more rows or columns than the range that was asked for.
    case largerThanWished(result: ResultShape, range: CellRange)

    /// A name for programs.
    public var code: String {
        switch self {
        case .aggregateDiffers: "aggregate_differs"
        case .largerThanWished: "larger_than_output_range"
        }
    }

    /// For a person, in Russian.
    public var russian: String {
        switch self {
        case .aggregateDiffers(let subject, let answered, let computed):
            "Проверьте: \(subject) — в ответе \(answered), по исходным данным \(computed)."
        case .largerThanWished(let result, let range):
            """
            Результат (строк: \(result.rows), столбцов: \(result.columns)) больше заданного диапазона \(range) \
            (строк: \(range.rowCount), столбцов: \(range.columnCount)).
            """
        }
    }

    /// For a person, in English.
    public var english: String {
        switch self {
        case .aggregateDiffers(let subject, let answered, let computed):
            "Please check: \(subject): the answer says \(answered), the source data give \(computed)."
        case .largerThanWished(let result, let range):
            """
            The result (\(result.rows) rows, \(result.columns) columns) is larger than the range asked for, \(range) \
            (\(range.rowCount) rows, \(range.columnCount) columns).
            """
        }
    }
}
