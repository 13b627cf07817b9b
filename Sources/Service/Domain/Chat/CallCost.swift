/// What a call cost, exactly: in millionths of a millionth of the currency's unit.
public struct CallCost: Sendable, Equatable, CustomStringConvertible {
    /// Trillionths of the unit.
    public var trillionths: Int64

    private static let unit: Int64 = 1_000_000_000_000
    private static let digits = 12

    /// A cost.
    public init(trillionths: Int64 = 0) {
        self.trillionths = trillionths
    }

    /// Reads a decimal number that is not negative, as PostgreSQL writes its `numeric`; nil for anything else, or one
    /// with more than twelve digits behind the point.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? String(parts[1]) : "0"
        let isNumber = (parts + [fraction[...]]).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard isNumber, fraction.utf8.count <= Self.digits else { return nil }
        let padding = String(repeating: "0", count: Self.digits - fraction.utf8.count)
        guard let trillionths = Int64(String(parts[0]) + fraction + padding) else { return nil }
        self.trillionths = trillionths
    }

    /// Adds up; stops at the greatest number there is.
    public static func + (left: CallCost, right: CallCost) -> CallCost {
        let (sum, isOverflow) = left.trillionths.addingReportingOverflow(right.trillionths)
        return CallCost(trillionths: isOverflow ? .max : sum)
    }

    /// A decimal number as PostgreSQL's `numeric` reads it.
    public var description: String {
        let digits = String(trillionths % Self.unit)
        let fraction = String(repeating: "0", count: Self.digits - digits.count) + digits
        return "\(trillionths / Self.unit).\(fraction)"
    }

    /// For people: at least two digits behind the point, and no more zeros than that.
    public var short: String {
        let (whole, fraction) = (description.dropLast(Self.digits), description.suffix(Self.digits))
        let used = fraction.reversed().drop { $0 == "0" }.count
        return String(whole + fraction.prefix(max(used, 2)))
    }
}
