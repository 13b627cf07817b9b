import HTTP
import Testing

@Suite("Accept")
struct AcceptedTypesTests {
    private static let scrape =
        "application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text; version=0.0.1 ; q=0.5,"
        + "text/plain;version=0.0.4;q=0.4,*/*;q=0.1"

    @Test("a type has the weight it is named with, the highest of several, in any case")
    func named() {
        let types = AcceptedTypes([Self.scrape])
        #expect(types.weight(naming: "application/openmetrics-text") == 750)
        #expect(types.weight(naming: "text/plain") == 400)
        #expect(AcceptedTypes(["TEXT/Plain"]).weight(naming: "text/plain") == 1000)
    }

    @Test("a type that only a star covers is not named")
    func stars() {
        #expect(AcceptedTypes([Self.scrape]).weight(naming: "application/json") == nil)
        #expect(AcceptedTypes(["text/*", "*/*"]).weight(naming: "text/plain") == nil)
        #expect(AcceptedTypes([]).weight(naming: "text/plain") == nil)
    }

    @Test(
        "what cannot be understood names nothing",
        arguments: [("", nil), (",;,", nil), ("text", nil), ("text/plain;q=x", 0), ("text/plain;q=9", 1000)])
    func malformed(value: String, weight: Int?) {
        #expect(AcceptedTypes([value]).weight(naming: "text/plain") == weight)
    }
}
