import HTTP
import Testing

@Suite("Response fields")
struct HeaderFieldsTests {
    private func lines(_ fields: HeaderFields) -> [String] {
        var lines: [String] = []
        fields.forEachField { lines.append("\($0): \($1)") }
        return lines
    }

    @Test("keep their order and their duplicates")
    func order() {
        var fields = HeaderFields()
        fields.add("B", "1")
        fields.add("A", "2")
        fields.add("b", "3")
        #expect(lines(fields) == ["B: 1", "A: 2", "b: 3"])
        #expect(fields.first("B") == "1")
        #expect(fields.values(of: "b") == ["1", "3"])
        #expect(fields.first("C") == nil)
    }

    @Test("are replaced by set, in any case of the name")
    func set() {
        var fields: HeaderFields = ["Vary": "a", "X": "b", "VARY": "c"]
        fields.set("vary", "d")
        #expect(lines(fields) == ["X: b", "vary: d"])
    }

    @Test("are removed by name")
    func remove() {
        var fields: HeaderFields = ["A": "1", "B": "2", "a": "3"]
        fields.remove("A")
        #expect(lines(fields) == ["B: 2"])
        fields.remove("B")
        #expect(fields.isEmpty)
    }

    @Test(
        "cannot be used to end a line",
        arguments: ["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b", "\r\n\r\n<html>", "a\u{B}\u{7F}", "a\r\n b"])
    func splitting(value: String) {
        var fields = HeaderFields()
        fields.add("X", value)
        #expect(lines(fields).count == 1)
        #expect(fields.first("X")?.utf8.count == value.utf8.count)
        #expect(fields.first("X")?.utf8.allSatisfy { $0 >= 32 && $0 != 127 } == true)
    }

    @Test("have a name that is a token", arguments: ["", "a b", "a:", "a\r\nb", "a\0", "é"])
    func names(text: String) {
        #expect(FieldName(text) == nil)
    }

    @Test(
        "leave framing, Connection and Date to the encoder",
        arguments: [
            "Content-Length", "transfer-encoding", "CONNECTION", "Keep-Alive", "date",
        ])
    func framing(name: String) throws {
        var fields = HeaderFields()
        fields.add(try #require(FieldName(name)), "1")
        #expect(fields.isEmpty)
    }

    @Test("keep text beyond ASCII as UTF-8")
    func unicode() {
        let fields: HeaderFields = ["X": "привет\tмир"]
        #expect(fields.first("X") == "привет\tмир")
    }

    @Test("have names that are equal and hash alike in any case")
    func nameEquality() {
        #expect(FieldName("Vary") == FieldName("vARY"))
        #expect(Set<FieldName>(["Vary", "vary", "Allow"]).count == 2)
    }

    @Test(
        "an element of a list is found in any field of the name and in any case",
        arguments: [
            ("no-transform", true), ("No-Transform", true), ("public", true), ("transform", false), ("", false),
            ("private", true),
        ])
    func listElements(element: String, isThere: Bool) {
        let fields: HeaderFields = ["Cache-Control": "public,  no-transform", "X": "y", "cache-control": "private"]
        #expect(fields.contains(element, in: .cacheControl) == isThere)
    }

    @Test("an element comes at the end of a list, or begins one")
    func listGrows() {
        var fields: HeaderFields = ["X": "y"]
        fields.append("Origin", toList: .vary)
        fields.add("Z", "z")
        fields.append("Accept", toList: .vary)
        #expect(fields.values(of: .vary) == ["Origin, Accept"])
        #expect(fields.first("Z") == "z")
    }

    @Test("a value is compared as a whole")
    func exactValue() {
        let fields: HeaderFields = ["Content-Type": "application/json"]
        #expect(fields.hasValue(.contentType, equalTo: "application/json"))
        #expect(!fields.hasValue(.contentType, equalTo: "application/jso"))
        #expect(!fields.hasValue(.vary, equalTo: ""))
    }
}
