import HTTP
import ParserProperties
import Testing

@Suite("Damaged requests")
struct MutationTests {
    private static let interesting: [UInt8] = [
        0, 9, 10, 11, 13, 32, 35, 37, 43, 44, 47, 48, 58, 59, 61, 63, 64, 127, 128, 255,
    ]

    @Test("never crash the parser, and are judged the same in one piece and dripping", arguments: 0..<40)
    func heads(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let rows = ConformanceTests.headRows.filter { $0.bytes.count < 200 }
        for _ in 0..<100 {
            guard let row = rows.randomElement(using: &generator) else { return }
            let bytes = mutate(row.bytes, using: &generator)
            let whole = parse(bytes)
            #expect(parse(bytes, cuts: Array(0...bytes.count)) == whole, "\(bytes)")
        }
    }

    @Test("never crash the decoder, and are judged the same in one piece and dripping", arguments: 0..<40)
    func chunks(seed: Int) {
        var generator = SplitMix64(seed: UInt64(1_000 + seed))
        let rows = chunkRows.filter { $0.bytes.count < 200 }
        for _ in 0..<100 {
            guard let row = rows.randomElement(using: &generator) else { return }
            let bytes = mutate(row.bytes, using: &generator)
            #expect(decode(bytes, cuts: Array(0...bytes.count)) == decode(bytes), "\(bytes)")
        }
    }

    @Test("that are accepted hold no byte that could end a line", arguments: 0..<20)
    func acceptedIsClean(seed: Int) {
        var generator = SplitMix64(seed: UInt64(2_000 + seed))
        for _ in 0..<200 {
            let bytes = mutate(octets(post("A: b", "Content-Length: 5")), using: &generator)
            var parser = RequestParser()
            guard case .complete(let head, let consumed) = parse(bytes, with: &parser) else { continue }
            #expect(consumed <= bytes.count)
            head.forEachField { name, value in
                #expect((name + value).utf8.allSatisfy { ($0 >= 32 || $0 == 9) && $0 != 127 })
            }
            #expect(head.target.utf8.allSatisfy { $0 > 32 && $0 < 127 })
        }
    }

    private func mutate(_ bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = MutationTests.interesting.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            default: bytes.insert(contentsOf: bytes[index..<min(index + 8, bytes.count)], at: index)
            }
        }
        return bytes
    }
}
