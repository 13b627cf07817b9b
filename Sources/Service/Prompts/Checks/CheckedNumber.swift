import JSON

/// A number that a cell or a text holds, however it is written there: `1234.5`, `"1 234,50"`, `"−7"`.
struct CheckedNumber: Equatable {
    let value: Double
    /// Digits after the point as written; a rounded answer shows how far it was rounded.
    let decimals: Int

    /// Nil for what is no number, and for texts that can be read in two ways: `1,234` may be one or a thousand.
    init?(_ cell: JSONValue) {
        switch cell {
        case .integer(let integer): self.init(value: Double(integer), decimals: 0)
        case .decimal(let decimal):
            let (value, text) = (decimal.doubleValue, decimal.text.utf8)
            guard value.isFinite, !text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
            let point = text.firstIndex(of: UInt8(ascii: "."))
            self.init(value: value, decimals: point.map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0)
        case .string(let text): self.init(text: text)
        case .null, .bool, .array, .object: return nil
        }
    }

    /// Reads digits in groups of three or without groups, one comma or point, one sign.
    init?(text: String) {
        guard Self.mayBeNumber(text) else { return nil }
        var digits = text.trimmingBlanks().replacing("\u{2212}", with: "-")
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits.removeFirst() }
        let halves = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard (1...2).contains(halves.count), let whole = Self.whole(halves[0]) else { return nil }
        let fraction = halves.count == 2 ? String(halves[1]) : nil
        if let fraction {
            guard !fraction.isEmpty, fraction.count != 3 || digits.contains("."), fraction.allSatisfy(Self.isDigit)
            else { return nil }
        }
        guard let value = Double(whole + (fraction.map { "." + $0 } ?? "")) else { return nil }
        self.init(value: isNegative ? -value : value, decimals: fraction?.count ?? 0)
    }

    /// False for what holds a letter or another sign that no number has: most texts, told by one of their first
    /// bytes. Blanks and minus signs of Unicode begin with the bytes C2, E1, E2 and E3.
    private static func mayBeNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x09...0x0D, UInt8(ascii: " "), UInt8(ascii: ","),
                UInt8(ascii: "."), UInt8(ascii: "-"), 0x80...0xBF, 0xC2, 0xE1...0xE3:
                true
            default: false
            }
        }
    }

    private init(value: Double, decimals: Int) {
        self.value = value
        self.decimals = decimals
    }

    /// Codes such as `007` are no numbers.
    private static func whole(_ text: Substring) -> String? {
        let groups = text.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" }
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        guard groups.count == 1 || groups[0].count <= 3 && groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
            return nil
        }
        let digits = groups.joined()
        return digits.count <= 15 && (digits == "0" || !digits.hasPrefix("0")) ? digits : nil
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// Whether this is `exact`, as far as it is written out. `scale` bounds the error of the arithmetic.
    func matches(_ exact: Double, scale: Double) -> Bool {
        let noise = 1e-9 * max(scale, 1)
        let isWhole = abs(exact - exact.rounded()) <= noise
        let unit = decimals < 12 ? Self.power(decimals) : 1e-12
        return abs(value - exact) <= (isWhole ? noise : max(noise, unit))
    }

    private static func power(_ decimals: Int) -> Double {
        (0..<decimals).reduce(1.0) { unit, _ in unit / 10 }
    }

    /// As Russians write it, to six places.
    static func text(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        if rounded == rounded.rounded(), abs(rounded) < 1e15 { return String(Int(rounded)) }
        return String(rounded.description.map { $0 == "." ? "," : $0 })
    }
}
