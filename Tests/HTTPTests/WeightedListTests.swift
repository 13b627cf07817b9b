import HTTP
import Testing

@Suite("Lists with weights")
struct WeightedListTests {
    private static func text(_ values: [String]) -> String? {
        WeightedList(values).map { list in list.elements.map { "\($0.name)=\($0.weight)" }.joined(separator: " ") }
    }

    @Test(
        "elements come in order with their weights in thousandths",
        arguments: [
            ("", ""), (" , ,", ""), ("gzip", "gzip=1000"), ("gzip, br", "gzip=1000 br=1000"), ("*", "*=1000"),
            ("a;q=0.5,b;q=0,c;q=1", "a=500 b=0 c=1000"), ("a;q=0.123", "a=123"), ("a;q=0.", "a=0"),
            ("a;q=1.", "a=1000"), ("a;q=1.000", "a=1000"), ("a ; q=0.25\t,\tb", "a=250 b=1000"), ("A;Q=0.7", "a=700"),
            ("en-US,en;q=0.9", "en-us=1000 en=900"), ("a;q=0.001", "a=1"), ("a,a;q=0.5", "a=1000 a=500"),
        ])
    func wellFormed(value: String, elements: String) {
        #expect(Self.text([value]) == elements)
    }

    @Test(
        "a list that is wrong in one place is none",
        arguments: [
            ";q=1", "a;q", "a;q=", "a;q=2", "a;q=1.001", "a;q=0.1234", "a;q=-1", "a;q=.5", "a;q=0.5.5",
            "a;q=0x1", "a;q=one", "a;q = 1", "a;;q=1", "a;q=1;q=1", "a;level=1", "a b", "a/b", "\"a\"", "a;", "я",
            "a;q=00.5", "a;q=0.5;", "b, a;q=x",
        ])
    func malformed(value: String) {
        #expect(Self.text([value]) == nil)
    }

    @Test("several fields make one list")
    func severalFields() {
        #expect(Self.text(["a, b;q=0.1", "c"]) == "a=1000 b=100 c=1000")
        #expect(Self.text([]) == "")
        #expect(Self.text(["a", "b;q=x"]) == nil)
    }

    @Test("of several weights for one name the lowest counts")
    func lowest() {
        #expect(WeightedList(["a, a;q=0.2, b"])?.weight(of: "a") == 200)
        #expect(WeightedList(["b"])?.weight(of: "a") == nil)
    }
}
