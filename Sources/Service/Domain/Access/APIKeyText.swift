/// The secret itself, as its owner sends it: `go_`, 32 random characters of `0-9A-Za-z` (190 bits) and a check
/// character, so that a key that was copied badly is told from one that is not known, without asking anybody.
public struct APIKeyText: Sendable, Equatable {
    /// What all keys begin with; scanners for leaked secrets can look for it.
    public static let mark = "go_"
    /// Random characters of a key.
    public static let randomCount = 32
    /// Of them, those that may be shown, to tell keys apart; 154 bits stay secret.
    public static let shownCount = 6

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The whole text. Never to be stored or logged.
    public let text: String

    /// A new key. `generator` must be fit for secrets.
    public init(using generator: inout some RandomNumberGenerator) {
        let digits = (0..<Self.randomCount).map { _ in Int.random(in: 0..<62, using: &generator) }
        let all = digits + [Self.checkDigit(of: digits)]
        text = Self.mark + String(decoding: all.map { Self.alphabet[$0] }, as: UTF8.self)
    }

    /// A key that was sent. Nil for a text of another form, or with another check character.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.mark) else { return nil }
        let digits = text.utf8.dropFirst(Self.mark.utf8.count).compactMap(Self.value)
        let isWhole = text.utf8.count == Self.mark.utf8.count + Self.randomCount + 1
        guard isWhole, digits.count == Self.randomCount + 1 else { return nil }
        guard Self.checkDigit(of: digits.dropLast()) == digits.last else { return nil }
        self.text = text
    }

    /// The part that lists and logs may show: `go_` and six characters.
    public var prefix: String { String(text.prefix(Self.mark.count + Self.shownCount)) }

    /// Luhn's algorithm in base 62: it finds each single wrong character, and most neighbours that changed places.
    private static func checkDigit(of digits: some BidirectionalCollection<Int>) -> Int {
        let base = alphabet.count
        var factor = 2
        var sum = 0
        for digit in digits.reversed() {
            let product = digit * factor
            sum += product / base + product % base
            factor = 3 - factor
        }
        return (base - sum % base) % base
    }

    private static func value(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte - 0x30)
        case 0x41...0x5A: Int(byte - 0x41) + 10
        case 0x61...0x7A: Int(byte - 0x61) + 36
        default: nil
        }
    }
}
