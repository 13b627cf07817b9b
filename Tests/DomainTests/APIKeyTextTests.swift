import Testing

@testable import Domain

@Suite("The text of an API key")
struct APIKeyTextTests {
    private static func key() -> APIKeyText {
        var generator = SystemRandomNumberGenerator()
        return APIKeyText(using: &generator)
    }

    @Test("is go_ and 33 letters and digits, reads as itself, and is another one each time")
    func form() {
        let keys = (0..<200).map { _ in Self.key() }
        for key in keys {
            #expect(key.text.wholeMatch(of: /go_[0-9A-Za-z]{33}/) != nil)
            #expect(APIKeyText(key.text) == key)
            #expect(key.text.hasPrefix(key.prefix) && key.prefix.count == 9)
        }
        #expect(Set(keys.map(\.text)).count == keys.count)
    }

    @Test("with one wrong character, wherever it is, is no key")
    func oneWrongCharacter() {
        let key = Self.key().text
        for index in key.indices.dropFirst(3) {
            var wrong = key
            wrong.replaceSubrange(index...index, with: key[index] == "a" ? "b" : "a")
            #expect(APIKeyText(wrong) == nil, "\(wrong)")
        }
    }

    @Test(
        "of another form is no key",
        arguments: [
            "", "go_", "secret", "Go_000000000000000000000000000000000", "go_00000000000000000000000000000000",
            "go_0000000000000000000000000000000000", "go_00000000000000000000000000000000-",
            "go_ё00000000000000000000000000000000", " go_000000000000000000000000000000000",
        ])
    func otherForms(text: String) {
        #expect(APIKeyText(text) == nil)
    }
}
