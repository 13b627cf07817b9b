/// What all processes together may use of something.
public struct CapacityLimit: Sendable, Equatable {
    /// Uses at a time, from 1 to 10 000; nil when their number does not matter.
    public var slots: Int?
    /// How often; nil when that does not matter.
    public var rate: Allowance?

    /// A limit.
    public init(slots: Int?, rate: Allowance? = nil) {
        self.slots = slots.map { min(max(1, $0), 10_000) }
        self.rate = rate
    }
}
