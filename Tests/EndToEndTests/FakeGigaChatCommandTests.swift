import Foundation
import JSON
import TestSupport
import Testing

@Suite("gigaoffice fake-gigachat", .timeLimit(.minutes(10)))
struct FakeGigaChatCommandTests {
    @Test("it prints where it listens, as JSON and as settings, and gives out a token there")
    func start() async throws {
        try await Site.withoutDatabase { site in
            let fake = try await site.fakeGigaChat()
            let url = try #require(fake.facts["auth_url"]?.stringValue)
            let key = try #require(fake.facts["credentials"]?.stringValue)
            #expect(fake.settings["GIGACHAT_AUTH_URL"] == url)
            let port = try #require(UInt16(url.split(separator: ":")[2].prefix { $0.isNumber }))
            let fields = [
                "RqUID": "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e", "Authorization": "Basic \(key)",
                "Content-Type": "application/x-www-form-urlencoded",
            ]
            let answer = try await PlainClient(port: port).send(
                "POST", "/api/v2/oauth", fields, body: Array("scope=GIGACHAT_API_PERS".utf8))
            #expect(answer.status == 200)
        }
    }

    @Test("in the mtls mode it names the files that it has written, the keys for their owner alone")
    func files() async throws {
        try await Site.withoutDatabase { site in
            let fake = try await site.fakeGigaChat(["--mtls", "--certificates", site.path("certificates")])
            #expect(fake.settings["GIGACHAT_RUN_MODE"] == "mtls")
            #expect(fake.settings["GIGACHAT_CREDENTIALS"] == nil)
            #expect(fake.settings["GIGACHAT_BASE_URL"]?.hasPrefix("https://127.0.0.1:") == true)
            for (name, mode) in [
                ("ca_file", 0o644), ("cert_file", 0o644), ("key_file", 0o600), ("encrypted_key_file", 0o600),
            ] {
                let path = try #require(fake.facts[name]?.stringValue)
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
            }
        }
    }

    @Test("it says why it cannot start when the folder cannot be made")
    func noFolder() async throws {
        try await Site.withoutDatabase { site in
            let folder = site.path("missing/certificates")
            let end = try await site.run(["fake-gigachat", "--tls", "--certificates", folder])
            #expect(end.ending == .exit(69))
            #expect(end.errors == "gigaoffice: \(folder): the file cannot be written (errno 2)\n")
        }
    }
}
