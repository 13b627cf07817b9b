import TestSupport

/// Which fault comes when: the same for the same seed. What is under way in the cast at that moment differs from run
/// to run all the same.
struct FaultPlan: Sequence, IteratorProtocol {
    struct Step: Equatable, Sendable {
        let fault: Fault
        /// Which of the two processes, where there are two: 1 or 2.
        let index: Int
        /// Until it is undone.
        let hold: Duration
        /// Between this fault and the next.
        let gap: Duration
        /// Whether everything is well when it comes, and stays so until its effect has passed; so that the time that
        /// takes can be measured.
        let isAlone: Bool
    }

    private let faults: [Fault]
    private var random: SeededGenerator

    /// A plan without end that uses only `faults`.
    init(seed: UInt64, faults: [Fault]) {
        self.faults = faults.flatMap { Array(repeating: $0, count: $0.weight) }
        random = SeededGenerator(seed: seed)
    }

    mutating func next() -> Step? {
        guard let fault = faults.randomElement(using: &random) else { return nil }
        return Step(
            fault: fault, index: Int.random(in: 1...2, using: &random),
            hold: .milliseconds(Int.random(in: fault.hold, using: &random)),
            gap: .milliseconds(Int.random(in: 200...2000, using: &random)),
            isAlone: fault == .killWorker && Int.random(in: 0..<3, using: &random) == 0)
    }
}
