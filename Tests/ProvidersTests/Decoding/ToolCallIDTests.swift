import Testing

@testable import Providers

@Suite("Ids of tool calls")
struct ToolCallIDTests {
    @Test("are made in OpenAI's form, each another one")
    func made() {
        let ids = (0..<100).map { _ in ToolCallID.make() }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.hasPrefix("call_") && $0.utf8.count == 21 })
    }

    @Test(
        "become nine letters and digits that stay the same", arguments: ["call_abc", "", "идентификатор", "12345678-"])
    func nine(id: String) {
        let short = ToolCallID.nineCharacters(for: id)
        #expect(short.utf8.count == 9)
        #expect(short == ToolCallID.nineCharacters(for: id) && short == ToolCallID.nineCharacters(for: short))
        #expect(short != ToolCallID.nineCharacters(for: id + "x"))
    }

    @Test("of nine letters and digits stay")
    func kept() {
        #expect(ToolCallID.nineCharacters(for: "aB3dE6gH9") == "aB3dE6gH9")
    }
}
