public import JSON

/// Which dead letters' messages somebody wants to be sent once more.
public struct RedriveOrder: Sendable, Equatable {
    /// Letters of one order.
    public static let maximumCount = 100
    /// How far the letters of one partition may lie apart: what is between them is read, too.
    public static let maximumSpread: Int64 = 1_000

    /// The letters' places, no place twice.
    public let places: [DeadLetterPlace]

    /// Reads what a client sent, or finds every fault. Unknown fields are ignored.
    public static func read(_ object: JSONObject) -> Result<RedriveOrder, InputFaults> {
        var fields = FieldReader(object)
        var places: [DeadLetterPlace] = []
        switch object["letters"] {
        case nil: fields.fault("letters", .missing, "field required")
        case .array(let elements)?:
            places = elements.compactMap { $0.stringValue.flatMap { DeadLetterPlace($0) } }
            check(places, of: elements.count, &fields)
        case let value?: fields.fault("letters", .wrongType, "must be an array, not \(value.kindName)")
        }
        return fields.result(RedriveOrder(places: places))
    }

    private static func check(_ places: [DeadLetterPlace], of count: Int, _ fields: inout FieldReader) {
        if places.count < count {
            fields.fault("letters", .malformed, "must be places such as 0/17: a partition and an offset")
        } else if !(1...maximumCount).contains(count) {
            fields.fault("letters", .outOfRange, "must be 1 to \(maximumCount) places")
        } else if Set(places).count < count {
            fields.fault("letters", .malformed, "must not name a place twice")
        }
        for offsets in Dictionary(grouping: places, by: \.partition).values.map({ $0.map(\.offset) }) {
            guard let first = offsets.min(), let last = offsets.max(), last - first >= maximumSpread else { continue }
            fields.fault(
                "letters", .outOfRange, "must lie within \(maximumSpread) offsets of each other in each partition")
            return
        }
    }
}
