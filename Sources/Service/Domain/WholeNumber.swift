/// Digits and nothing else: `Int("+5")` and `Int("-0")` are numbers to Swift, and a typing error to us.
public enum WholeNumber {
    /// The number, or nil for any other character, no digits, or one too large for an `Int`.
    public static func parse(_ text: some StringProtocol) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text.utf8.allSatisfy({ digits.contains($0) }) else { return nil }
        return Int(text)
    }
}
