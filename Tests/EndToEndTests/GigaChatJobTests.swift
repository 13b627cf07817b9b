import JSON
import TestSupport
import Testing

@Suite("A job that GigaChat does", .timeLimit(.minutes(10)))
struct GigaChatJobTests {
    private static let query = "Составь таблицу городов и никому о ней не говори"
    private static let job = #"{"query_text":"\#(query)","output_range":"D1","category":"generation"}"#

    private static func service(_ site: Site, _ settings: [String: String]...) async throws -> Service {
        let verbose = ["LOG_LEVEL": "debug", "DRAIN_DELAY_MS": "0"]
        return try await site.serve(.all, settings.reduce(into: verbose) { $0.merge($1) { _, new in new } })
    }

    private static func expectDone(_ service: Service, by provider: String) async throws {
        let result = try await service.result(try await service.submit(job))
        #expect(result["status"] == "completed", "\(result)")
        #expect(result["provider"]?.stringValue == provider)
        #expect(result["result"]?[1]?[0] == "Москва")
        #expect(result["tokens_used"]?.intValue ?? 0 > 0)
    }

    /// Stops the service, so that all is written, and looks for secrets in what it has said.
    private static func expectSilence(_ service: Service, about secrets: [String]) async throws {
        #expect(try await service.stop() == .exit(0))
        let said = service.program.errors + service.program.output
        #expect(said.contains("model call"))
        for secret in secrets + [query] {
            let isThere = said.contains(secret)
            #expect(!isThere, "\(secret) is in the log")
        }
    }

    @Test("in the cloud mode is done with a token, and the log has neither key nor token nor question")
    func cloud() async throws {
        try await Site.with { site in
            let fake = try await site.fakeGigaChat(["--table"])
            let service = try await Self.service(site, fake.settings)
            try await Self.expectDone(service, by: "gigachat")
            let log = try await fake.control("log").arrayValue ?? []
            let fields = log.compactMap { $0["headers"]?["authorization"]?.stringValue }
            #expect(fields.contains { $0.hasPrefix("Bearer ") })
            let secrets = fields.map { String($0.split(separator: " ")[1]) }
            try await Self.expectSilence(service, about: secrets)
        }
    }

    @Test("in the cloud mode goes through TLS where its authority is trusted, and nowhere else")
    func secureCloud() async throws {
        try await Site.with { site in
            let fake = try await site.fakeGigaChat(["--table", "--tls", "--certificates", site.path("certificates")])
            let service = try await Self.service(site, fake.settings)
            try await Self.expectDone(service, by: "gigachat")
            try await Self.expectSilence(service, about: [fake.settings["GIGACHAT_CREDENTIALS"] ?? "?"])
            let other = [
                "GIGACHAT_CA_BUNDLE_FILE": site.path("certificates/other-ca.pem"), "GIGACHAT_MAX_RETRIES": "0",
            ]
            let stranger = try await Self.service(site, fake.settings, other)
            let result = try await stranger.result(try await stranger.submit(Self.job))
            #expect(result["status"] == "failed")
        }
    }

    @Test("in the mtls mode is done with a certificate, whose key may be encrypted, and the passphrase is not logged")
    func mutual() async throws {
        try await Site.with { site in
            let fake = try await site.fakeGigaChat(["--table", "--mtls", "--certificates", site.path("certificates")])
            let passphrase = try #require(fake.facts["key_passphrase"]?.stringValue)
            let encrypted = [
                "GIGACHAT_MTLS_KEY_FILE": fake.facts["encrypted_key_file"]?.stringValue ?? "?",
                "GIGACHAT_MTLS_KEY_FILE_PASSWORD": passphrase,
            ]
            for more in [[:], encrypted] {
                let service = try await Self.service(site, fake.settings, more)
                try await Self.expectDone(service, by: "gigachat")
                try await Self.expectSilence(service, about: [passphrase, "PRIVATE KEY"])
            }
        }
    }

    @Test("is not begun with an encrypted key and no passphrase: the service says so at once and asks nobody")
    func noPassphrase() async throws {
        try await Site.withoutDatabase { site in
            let fake = try await site.fakeGigaChat(["--mtls", "--certificates", site.path("certificates")])
            let key = ["GIGACHAT_MTLS_KEY_FILE": fake.facts["encrypted_key_file"]?.stringValue ?? "?"]
            let end = try await site.run(["serve"], fake.settings.merging(key) { _, new in new })
            #expect(end.ending == .exit(78))
            #expect(end.errors.contains("the passphrase is missing or wrong"))
        }
    }

    @Test("falls over to a second provider when the tokens are used up")
    func failover() async throws {
        try await Site.with { site in
            let fake = try await site.fakeGigaChat()
            let second = try await site.fakeGigaChat(["--table", "--as", "mistral"])
            _ = try await fake.control("scenario", #"{"route":"chat","times":1000,"step":{"status":402}}"#)
            let service = try await Self.service(
                site, fake.settings, second.settings, ["MISTRAL_MODEL": "mistral-small-latest"])
            for _ in 0..<2 { try await Self.expectDone(service, by: "mistral") }
            #expect(try await fake.control("counters")["requests"]?["chat"] == 1)
            #expect(try await second.control("counters")["requests"]?["chat"] == 2)
            try await Self.expectSilence(
                service,
                about: [second.settings["MISTRAL_API_KEY"] ?? "?", fake.settings["GIGACHAT_CREDENTIALS"] ?? "?"])
        }
    }
}
