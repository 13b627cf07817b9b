/// A function over a column.
enum Aggregate: String, CaseIterable {
    case sum, mean, minimum, maximum, count

    /// For a warning.
    var russian: String {
        switch self {
        case .sum: "сумма"
        case .mean: "среднее"
        case .minimum: "минимум"
        case .maximum: "максимум"
        case .count: "количество"
        }
    }

    /// The result over numbers, of which there must be one.
    func value(_ numbers: [Double]) -> Double {
        switch self {
        case .sum: numbers.reduce(0, +)
        case .mean: numbers.reduce(0, +) / Double(numbers.count)
        case .minimum: numbers.min() ?? 0
        case .maximum: numbers.max() ?? 0
        case .count: Double(numbers.count)
        }
    }
}
