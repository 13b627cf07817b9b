import Domain
import Testing

@Suite("White space")
struct UnicodeBlankTests {
    @Test("it is what Unicode says it is, for every character there is")
    func all() {
        let scalars = (UInt32(0)...0x10FFFF).compactMap { Unicode.Scalar($0) }
        #expect(scalars.allSatisfy { $0.isBlank == $0.properties.isWhitespace })
    }
}
