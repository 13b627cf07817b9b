/// What a job cost in money.
public struct JobCost: Sendable, Equatable {
    /// All its calls of models together.
    public var amount: CallCost
    /// What the amount is counted in.
    public var currency: String

    /// A cost.
    public init(_ amount: CallCost, currency: String) {
        self.amount = amount
        self.currency = currency
    }
}
