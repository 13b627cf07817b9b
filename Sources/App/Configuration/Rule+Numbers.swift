import Domain

extension Rule where Value == Int {
    /// A whole number within bounds.
    static func wholeNumber(_ range: ClosedRange<Int>, of unit: String? = nil) -> Self {
        let kind = unit.map { "a whole number of \($0)" } ?? "a whole number"
        return Rule("\(kind) from \(range.lowerBound) to \(range.upperBound)") { text in
            WholeNumber.parse(text).flatMap { range.contains($0) ? $0 : nil }
        } write: {
            String($0)
        }
    }
}

extension Rule where Value == Duration {
    /// A whole number of milliseconds within bounds.
    static func milliseconds(_ range: ClosedRange<Int>) -> Self {
        let number = Rule<Int>.wholeNumber(range, of: "milliseconds")
        return Rule(number.expectation) { text in
            number.read(text).map { .milliseconds($0) }
        } write: {
            String($0.components.seconds * 1_000 + $0.components.attoseconds / 1_000_000_000_000_000)
        }
    }

    /// A whole number of seconds within bounds.
    static func seconds(_ range: ClosedRange<Int>) -> Self {
        let number = Rule<Int>.wholeNumber(range, of: "seconds")
        return Rule(number.expectation) { text in
            number.read(text).map { .seconds($0) }
        } write: {
            String($0.components.seconds)
        }
    }
}
