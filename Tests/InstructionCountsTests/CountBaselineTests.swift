import Testing

@testable import InstructionCounts

@Suite("Counted instructions")
struct CountBaselineTests {
    private static let agreed = CountBaseline(["parser": 1000, "router": 200])

    @Test("up to five per cent more is let pass, and any number less")
    func withinTolerance() {
        #expect(Self.agreed.faults(of: CountBaseline(["parser": 1050, "router": 20])) == [])
    }

    @Test("more than that is a fault that names both counts")
    func tooMany() {
        let faults = Self.agreed.faults(of: CountBaseline(["parser": 1051, "router": 200]))
        #expect(faults == ["parser takes 1051 instructions, +5.1 % against 1000"])
    }

    @Test("what is missing on either side is a fault")
    func missing() {
        let faults = Self.agreed.faults(of: CountBaseline(["parser": 1000, "reader": 7]))
        #expect(faults == ["reader has no count to compare with", "router was not measured"])
    }

    @Test("the file is read as it was written")
    func file() throws {
        let read = try #require(CountBaseline(json: Array(Self.agreed.json.utf8)))
        #expect(read.counts == Self.agreed.counts)
        #expect(CountBaseline(json: Array(#"{"parser":"1000"}"#.utf8)) == nil)
        #expect(CountBaseline(json: Array("{".utf8)) == nil)
    }

    @Test("lines of a name and a count are read, others are not")
    func lines() {
        #expect(CountBaseline(lines: "parser 1000\nrouter 200\n")?.counts == Self.agreed.counts)
        #expect(CountBaseline(lines: "parser\n") == nil)
        #expect(CountBaseline(lines: "parser 0\n") == nil)
    }

    @Test("everything that is measured can do its work", arguments: MeasuredCase.all.map(\.name))
    func works(name: String) throws {
        let measured = try #require(MeasuredCase.all.first { $0.name == name })
        let outcome = measured.work()
        #expect(outcome > 0)
        #expect(measured.work() == outcome)
    }
}
