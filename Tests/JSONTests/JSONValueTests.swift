import JSON
import Testing

@Suite("A value")
struct JSONValueTests {
    static let all: [JSONValue] = [.null, true, 5, 2.5, "x", [1], ["a": 1]]

    @Test("names its kind")
    func kindName() {
        #expect(Self.all.map(\.kindName) == ["null", "boolean", "integer", "number", "string", "array", "object"])
    }

    @Test("is given out only as what it is")
    func accessors() {
        #expect(Self.all.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(Self.all.map(\.boolValue) == [nil, true, nil, nil, nil, nil, nil])
        #expect(Self.all.map(\.intValue) == [nil, nil, 5, nil, nil, nil, nil])
        #expect(Self.all.map(\.doubleValue) == [nil, nil, 5, 2.5, nil, nil, nil])
        #expect(Self.all.map(\.stringValue) == [nil, nil, nil, nil, "x", nil, nil])
        #expect(Self.all.map(\.arrayValue) == [nil, nil, nil, nil, nil, [1], nil])
        #expect(Self.all.map(\.objectValue) == [nil, nil, nil, nil, nil, nil, ["a": 1]])
    }

    @Test("answers paths that exist, and nil for those that do not")
    func subscripts() {
        let value: JSONValue = ["rows": [[1, "a"], [2, "b"]]]
        #expect(value["rows"]?[1]?[1]?.stringValue == "b")
        #expect(value["rows"]?[2] == nil)
        #expect(value["rows"]?[-1] == nil)
        #expect(value["columns"] == nil)
        #expect(value["rows"]?["x"] == nil)
        #expect(value[0] == nil)
    }

    @Test("has no double beyond the range of Double")
    func overflow() {
        #expect(decimal("1e9999").doubleValue == nil)
    }

    @Test("is null when made of a double that JSON cannot say")
    func nonFinite() {
        #expect(JSONValue(Double.nan) == .null)
        #expect(JSONValue(-Double.infinity) == .null)
    }

    @Test("can be interpolated and described")
    func text() {
        let name = "мир"
        let value: JSONValue = ["a": "Привет, \(name)"]
        #expect(value.description == #"{"a":"Привет, мир"}"#)
    }
}
