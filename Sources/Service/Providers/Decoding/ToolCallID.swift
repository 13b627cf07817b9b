/// Ids of tool calls, where a provider has none or wants them its way.
enum ToolCallID {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// An id for a call that came without one.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return "call_" + String(decoding: (0..<16).map { _ in letter(&generator) }, as: UTF8.self)
    }

    private static func letter(_ generator: inout SystemRandomNumberGenerator) -> UInt8 {
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
    }

    /// Mistral takes ids of nine letters and digits only: others are replaced by nine that follow from them, so that a
    /// call and its answer keep meaning each other (64-bit FNV-1a).
    static func nineCharacters(for id: String) -> String {
        if id.utf8.count == 9, id.utf8.allSatisfy(alphabet.contains) { return id }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var letters: [UInt8] = []
        for _ in 0..<9 {
            letters.append(alphabet[Int(hash % 62)])
            hash /= 62
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
