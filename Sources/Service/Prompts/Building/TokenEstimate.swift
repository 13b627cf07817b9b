/// How many tokens a text will cost, before the provider has counted them. Good for budgets, not for bills.
///
/// The tokenizers of the models we talk to are byte-pair encoders: about four Latin letters, two and a half
/// Cyrillic ones or two digits make one token, most signs are one each, and so are characters of other scripts.
/// `len / 4`, the usual rule, halves the cost of Russian. The estimate counts hundredths of a token a byte.
public enum TokenEstimate {
    /// The estimate for a text, rounded up.
    public static func tokens(in text: String) -> Int {
        tokens(ofHundredths: hundredths(in: text))
    }

    /// Whole tokens, rounded up.
    static func tokens(ofHundredths sum: Int) -> Int { (sum + 99) / 100 }

    /// The same in hundredths of a token, which add up where texts are put together.
    static func hundredths(in text: String) -> Int {
        let bytes = text.utf8.span
        let costs = Self.costs.span
        var sum = 0
        // A byte is less than 256, which is how many costs there are.
        for index in bytes.indices { sum += Int(costs[unchecked: Int(bytes[unchecked: index])]) }
        return sum
    }

    private static let costs = (UInt8.min...UInt8.max).map(hundredths)

    private static func hundredths(of byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: " "): 25
        case UInt8(ascii: "0")...UInt8(ascii: "9"): 50
        case 0x00...0x7F: 70
        case 0x80...0xBF: 0
        case 0xC0...0xDF: 40
        case 0xE0...0xEF: 100
        default: 200
        }
    }
}
