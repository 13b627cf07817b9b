import Testing

@testable import Certificates

@Suite("What certificates say of themselves")
struct CertificateFactsTests {
    private static func issued(_ name: String, endsIn seconds: Int) throws -> String {
        var recipe = CertificateRecipe(name, .client)
        recipe.begins = min(recipe.begins, seconds - 60)
        recipe.ends = seconds
        return String(decoding: try IssuedIdentity.issue(recipe).certificatePEM(), as: UTF8.self)
    }

    @Test(
        "the whole days until the end are told, and those since it",
        arguments: [(3 * 86_400 + 600, 3), (600, 0), (-600, 0), (-2 * 86_400 - 600, -2)])
    func days(seconds: Int, days: Int) throws {
        let facts = try CertificateFacts.all(inText: Self.issued("a", endsIn: seconds), named: "text")
        #expect(facts.map(\.remainingDays) == [days])
        #expect(facts.allSatisfy { ($0.remainingSeconds < 0) == (seconds < 0) })
        #expect(facts.allSatisfy { (seconds - 60...seconds).contains($0.remainingSeconds) })
    }

    @Test("a file's certificates come in their order with their names, whatever the script")
    func names() throws {
        let files = try IdentityFiles()
        try files.write(
            Self.issued("Корень", endsIn: 600) + "words\n" + Self.issued("b", endsIn: 600), to: "both.pem")
        #expect(try CertificateFacts.all(in: files.path("both.pem")).map(\.name) == ["Корень", "b"])
        files.make("nameless")
        #expect(try CertificateFacts.all(in: files.path("nameless.crt")).map(\.name) == [""])
    }

    @Test("a text without certificates is refused by the name that it was given", arguments: ["", "no PEM"])
    func nothing(text: String) {
        let fault = #expect(throws: ClientIdentityFault.self) {
            try CertificateFacts.all(inText: text, named: "the server")
        }
        #expect(fault?.kind == .noCertificate && fault?.file == "the server")
    }
}
