/// What a call cost, exactly: in millionths of a millionth of the currency's unit.
public struct CallCost: Sendable, Equatable, CustomStringConvertible {
    /// Trillionths of the unit.
    public var trillionths: Int64

    /// A cost.
    public init(trillionths: Int64 = 0) {
        self.trillionths = trillionths
    }

    /// Adds up; stops at the greatest number there is.
    public static func + (left: CallCost, right: CallCost) -> CallCost {
        let (sum, isOverflow) = left.trillionths.addingReportingOverflow(right.trillionths)
        return CallCost(trillionths: isOverflow ? .max : sum)
    }

    /// A decimal number as PostgreSQL's `numeric` reads it.
    public var description: String {
        let digits = String(trillionths % 1_000_000_000_000)
        let fraction = String(repeating: "0", count: 12 - digits.count) + digits
        return "\(trillionths / 1_000_000_000_000).\(fraction)"
    }
}
