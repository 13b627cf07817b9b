import Foundation
import JSON
import Testing

@Suite("A value that is written and read again")
struct RoundTripTests {
    @Test("is the same value with the same text", arguments: 0..<300)
    func roundTrip(seed: Int) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value(depth: 4)
        let bytes = value.serialized()
        let read = try JSONParser().parse(bytes)
        #expect(read == value)
        #expect(read.serialized() == bytes)
    }

    @Test("means to Foundation what it means here", arguments: 0..<200)
    func foundationAgrees(seed: Int) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value(depth: 4)
        let theirs = try JSONSerialization.jsonObject(with: Data(value.serialized()), options: .fragmentsAllowed)
        expectSame(value, theirs)
    }

    @Test("keeps what Foundation wrote", arguments: 0..<100)
    func foundationWrites(seed: Int) throws {
        var random = RandomJSON(seed: seed)
        let object: [String: Any] = [
            "list": [random.string(), 1, -2.5, true, NSNull()], random.string(): random.string(),
        ]
        let value = try JSONParser().parse([UInt8](JSONSerialization.data(withJSONObject: object)))
        expectSame(value, object)
    }

    private func expectSame(_ value: JSONValue, _ theirs: Any) {
        switch value {
        case .null: #expect(theirs is NSNull)
        case .bool(let flag): #expect(theirs as? Bool == flag)
        case .integer(let integer): #expect((theirs as? NSNumber)?.intValue == integer)
        case .decimal(let decimal): expectNear(decimal.doubleValue, (theirs as? NSNumber)?.doubleValue)
        case .string(let text): #expect((theirs as? String).map { Array($0.utf8) } == Array(text.utf8))
        case .array(let elements):
            let list = theirs as? [Any] ?? []
            #expect(list.count == elements.count)
            for (element, other) in zip(elements, list) { expectSame(element, other) }
        case .object(let members):
            // Foundation merges keys that differ only in how an accent is composed; ours stay apart.
            let dictionary = theirs as? [String: Any] ?? [:]
            #expect(dictionary.count == Set(members.keys).count)
            guard dictionary.count == members.count else { return }
            for (key, member) in members { dictionary[key].map { expectSame(member, $0) } }
        }
    }

    /// Foundation rounds twice (through `Decimal`), so its last digits may differ from the nearest double.
    private func expectNear(_ ours: Double, _ theirs: Double?) {
        #expect(theirs.map { abs($0 - ours) <= abs(ours) * 1e-14 } == true)
    }
}
