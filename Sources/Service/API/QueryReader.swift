import Domain
import HTTP

/// Reads what stands in a request's query, one by one, and gathers every fault.
struct QueryReader {
    private let head: RequestHead
    private var faults: [InputFault] = []

    init(_ head: RequestHead) {
        self.head = head
    }

    /// The text; nil when there is none, or an empty one.
    func text(_ name: String) -> String? {
        head.queryValue(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What `read` makes of the text; a fault, with the words `expectation`, when that is nothing.
    mutating func value<Value>(_ name: String, _ expectation: String, _ read: (String) -> Value?) -> Value? {
        guard let text = head.queryValue(name) else { return nil }
        let value = read(text)
        if value == nil { faults.append(InputFault([name], .malformed, expectation)) }
        return value
    }

    /// A number within `range`; `usual` when there is none.
    mutating func number(_ name: String, in range: ClosedRange<Int>, else usual: Int) -> Int {
        guard let text = head.queryValue(name) else { return usual }
        if let number = WholeNumber.parse(text), range.contains(number) { return number }
        faults.append(
            InputFault([name], .outOfRange, "must be from \(range.lowerBound) to \(range.upperBound)"))
        return usual
    }

    /// To be called when everything was read.
    func check() throws(Problem) {
        guard !faults.isEmpty else { return }
        var problem = Problem(.unprocessableContent, .invalidFields, faults: faults)
        problem.faultPlace = "query"
        throw problem
    }
}
