import JSON
import ParserProperties

/// Makes values of all kinds, the same in every run.
struct RandomJSON {
    var generator: SplitMix64
    private static let letters = Array("aZ0 \"\\/\u{0}\u{8}\n\u{1f}\u{7f}éЖ€日\u{2028}\u{ffff}😀\u{301}{}[],:")

    init(seed: Int) {
        generator = SplitMix64(seed: UInt64(seed))
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .integer(Int(truncatingIfNeeded: generator.next()) >> Int.random(in: 0..<64, using: &generator))
        case 3: JSONValue(Double(bitPattern: generator.next()))
        case 4: .decimal(number(decimalText()))
        case 5: .string(string())
        case 6, 7: .array((0..<Int.random(in: 0..<6, using: &generator)).map { _ in value(depth: depth - 1) })
        default: object(depth: depth)
        }
    }

    mutating func string() -> String {
        String(
            (0..<Int.random(in: 0..<24, using: &generator)).compactMap { _ in
                Self.letters.randomElement(using: &generator)
            })
    }

    private mutating func object(depth: Int) -> JSONValue {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<24, using: &generator) { object[string()] = value(depth: depth - 1) }
        return .object(object)
    }

    private mutating func decimalText() -> String {
        let whole = Int.random(in: -999...999, using: &generator)
        let fraction = Int.random(in: 0...9999, using: &generator)
        return "\(whole).\(fraction)e\(Int.random(in: -30...30, using: &generator))"
    }
}

/// The decimal of a text that is known to be a number.
func number(_ text: String) -> JSONDecimal {
    guard let decimal = JSONDecimal(text: text) else { preconditionFailure("\(text) is no number") }
    return decimal
}

func decimal(_ text: String) -> JSONValue {
    .decimal(number(text))
}
