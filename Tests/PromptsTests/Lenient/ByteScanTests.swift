import ParserProperties
import Testing

@testable import Prompts

@Suite("The search for bytes")
struct ByteScanTests {
    @Test("finds the first of two or three, wherever it is", arguments: 0..<20 as Range<UInt64>)
    func sameAsReference(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            // Bytes that differ from those looked for in one bit or by one, over which a borrow could run.
            let wanted = [UInt8.random(in: 0...255, using: &random), Byte.quote, Byte.backslash]
            let others = [wanted[0] &+ 1, wanted[0] ^ 0x80, Byte.quote + 1, Byte.backslash + 1, 0x00, 0x80, 0xFF]
            var bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                others.randomElement(using: &random) ?? 0
            }
            for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = wanted.randomElement(using: &random) ?? 0
            }
            for start in 0...bytes.count {
                let two = bytes[start...].firstIndex { $0 == wanted[0] || $0 == wanted[1] } ?? bytes.count
                #expect(ByteScan(wanted[0], wanted[1]).first(in: bytes, from: start) == two)
                let three = bytes[start...].firstIndex(where: wanted.contains) ?? bytes.count
                #expect(ByteScan(wanted[0], wanted[1], wanted[2]).first(in: bytes, from: start) == three)
            }
        }
    }

    @Test("begins nowhere behind the end")
    func behindTheEnd() {
        #expect(ByteScan(Byte.quote, Byte.quote).first(in: [], from: 0) == 0)
        #expect(ByteScan(Byte.quote, Byte.quote, Byte.hash).first(in: [Byte.quote], from: 1) == 1)
    }
}
