/// The commits under way, by the number that their results will carry.
struct CommitTable {
    typealias Completion = (Result<Void, KafkaError>) -> Void

    private var completions: [UInt: Completion] = [:]
    // Zero would read as "no opaque pointer".
    private var nextID: UInt = 1

    mutating func add(_ completion: @escaping Completion) -> UInt {
        defer { nextID += 1 }
        completions[nextID] = completion
        return nextID
    }

    mutating func remove(_ id: UInt) -> Completion? {
        completions.removeValue(forKey: id)
    }

    mutating func removeAll() -> [Completion] {
        defer { completions.removeAll() }
        return Array(completions.values)
    }
}
