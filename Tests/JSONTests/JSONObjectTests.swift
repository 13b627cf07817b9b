import JSON
import Testing

@Suite("An object")
struct JSONObjectTests {
    @Test("keeps the order of its keys")
    func order() throws {
        let text = #"{"z":1,"a":2,"m":3}"#
        #expect(try JSONParser().parse(text).objectValue.map { Array($0.keys) } == ["z", "a", "m"])
        #expect(try JSONParser().parse(text).description == text)
    }

    @Test("finds every key and no other, small and large", arguments: [0, 1, 15, 16, 17, 18, 5000])
    func lookup(count: Int) throws {
        let members = (0..<count).map { "\"key \($0)\":\($0)" }.joined(separator: ",")
        let object = try #require(try JSONParser().parse("{\(members)}").objectValue)
        #expect(object.count == count)
        for index in 0..<count { #expect(object["key \(index)"] == .integer(index)) }
        #expect(object["key \(count)"] == nil)
        #expect(object[""] == nil)
    }

    @Test("lets the last of equal keys win at the place of the first", arguments: [1, 16, 17, 100])
    func duplicates(others: Int) throws {
        let filler = (0..<others).map { "\"k\($0)\":0" }.joined(separator: ",")
        let object = try #require(try JSONParser().parse("{\"a\":1,\(filler),\"a\":2}").objectValue)
        #expect(object["a"] == 2)
        #expect(object.count == others + 1)
        #expect(object.description == "{\"a\":2,\(filler)}")
    }

    @Test("tells keys apart by their bytes", arguments: [0, 30])
    func canonicalEquivalence(others: Int) throws {
        var object: JSONObject = ["\u{e9}": 1, "e\u{301}": 2]
        for index in 0..<others { object["\(index)"] = 0 }
        #expect(object.count == others + 2)
        #expect(object["\u{e9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test("sets, replaces and removes members at any size", arguments: [1, 16, 17, 40])
    func mutation(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["\(index)"] = .integer(index) }
        object["0"] = "new"
        object["missing"] = nil
        #expect(object.count == count)
        #expect(object["0"] == "new")
        object["0"] = nil
        #expect(object.count == count - 1)
        for index in 1..<count { #expect(object["\(index)"] == .integer(index)) }
        #expect(Array(object.keys) == (1..<count).map { "\($0)" })
    }

    @Test("does not see changes to its copy")
    func copies() {
        let original: JSONObject = ["a": 1]
        var copy = original
        copy["a"] = 2
        copy["b"] = 3
        #expect(original == ["a": 1])
    }

    @Test("equals one with the same members in another order")
    func equality() {
        #expect(["a": 1, "b": 2] as JSONObject == ["b": 2, "a": 1])
        #expect(["a": 1] as JSONObject != ["a": 2])
        #expect(["a": 1] as JSONObject != ["b": 1])
        #expect(["a": 1] as JSONObject != ["a": 1, "b": 2])
    }

    @Test("can be gone over member by member")
    func iteration() {
        let object: JSONObject = ["a": 1, "b": "x"]
        #expect(object.map { "\($0.key)=\($0.value)" } == ["a=1", "b=\"x\""])
        #expect(Array(object.values) == [1, "x"])
        #expect(!object.isEmpty && JSONObject().isEmpty)
    }
}
