import JSON
import Testing

@testable import Domain

@Suite("What PostgreSQL can store")
struct StorableTests {
    @Test("a text without NUL is itself, one with it has U+FFFD in its place, wherever that is")
    func texts() {
        // U+0100 and the like have bytes that are nearly zero; 0x80 follows a lead byte in U+0400.
        for filling in ["a", "\u{1}", "\u{7F}", "\u{80}", "\u{100}", "\u{400}", "\u{800}", "\u{10000}"] {
            for length in 0...40 {
                let text = String(repeating: filling, count: length)
                #expect(!text.containsNUL)
                #expect(text.storable == text)
                for place in 0...length {
                    let (before, after) = (text.unicodeScalars.prefix(place), text.unicodeScalars.dropFirst(place))
                    let odd = String(before) + "\0" + String(after)
                    #expect(odd.containsNUL)
                    #expect(odd.storable == String(before) + "\u{FFFD}" + String(after))
                }
            }
        }
    }

    @Test("a value that can be stored is itself, with its arrays")
    func unchanged() throws {
        let value = try JSONParser().parse(#"[["Чай",1,2.50,null,true],{"a":["\u0001"],"b":{}},[]]"#)
        #expect(value.storable == value)
        guard case .array(let before) = value, case .array(let after) = value.storable else {
            Issue.record("no array")
            return
        }
        let isSame = before.withUnsafeBufferPointer { before in
            after.withUnsafeBufferPointer { $0.baseAddress == before.baseAddress }
        }
        #expect(isSame)
    }

    @Test("of any other value all texts, keys and numbers are changed that cannot be, and no others")
    func changed() throws {
        let odd = try JSONParser().parse(
            #"[["a\u0000",1e-20000,1.50],[["\u0000"],"b"],{"k\u0000":{"l":"\u0000\u0000"},"m":[1e30000]}]"#)
        let expected = #"[["a�","1e-20000",1.50],[["�"],"b"],{"k�":{"l":"��"},"m":["1e30000"]}]"#
        #expect(odd.storable.description == expected)
        #expect(odd.storable.storable == odd.storable)
        #expect(JSONValue.string("\0").storable == "\u{FFFD}")
    }

    @Test("keys that become the same are one")
    func equalKeys() throws {
        let odd = try JSONParser().parse(#"{"a\u0000":1,"a�":2}"#)
        #expect(odd.storable.description == #"{"a�":2}"#)
    }
}
