/// Reads the parts of an A1 reference from the left. Each method consumes its part, or nothing when it returns nil.
struct A1Scanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// `A` … `XFD`, with or without `$`.
    mutating func column() -> Int? {
        let start = position
        _ = skip(UInt8(ascii: "$"))
        var number = 0
        var count = 0
        while position < bytes.count, let letter = Self.letter(bytes[position]), count < 3 {
            number = number * 26 + letter
            count += 1
            position += 1
        }
        guard count > 0, number <= CellReference.maximumColumn else {
            position = start
            return nil
        }
        return number
    }

    /// `1` … `1048576`, with or without `$`; no leading zero.
    mutating func row() -> Int? {
        let start = position
        _ = skip(UInt8(ascii: "$"))
        var number = 0
        var count = 0
        while position < bytes.count, let digit = Self.digit(bytes[position]), count < 7, count > 0 || digit > 0 {
            number = number * 10 + digit
            count += 1
            position += 1
        }
        guard count > 0, number <= CellReference.maximumRow else {
            position = start
            return nil
        }
        return number
    }

    private static func letter(_ byte: UInt8) -> Int? {
        let upper = byte & 0xDF
        guard upper >= UInt8(ascii: "A"), upper <= UInt8(ascii: "Z") else { return nil }
        return Int(upper - UInt8(ascii: "A")) + 1
    }

    private static func digit(_ byte: UInt8) -> Int? {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        return Int(byte - UInt8(ascii: "0"))
    }
}
