import Certificates
import EventLoop
import FakeProviders
import TestSupport
import Testing

@testable import App

@Suite("The doctor's look at certificates", .timeLimit(.minutes(10)))
struct DoctorCertificateTests {
    private static let day = 86_400
    private let files: TemporaryCertificates
    private let folder: IdentityFolder

    init() throws {
        files = try TemporaryCertificates()
        folder = try IdentityFolder(files.files.folder)
    }

    private static func recipe(_ name: String, _ purpose: CertificateRecipe.Purpose, days: Int) -> CertificateRecipe {
        var recipe = CertificateRecipe(name, purpose)
        // Half a day more, so that the days are the same throughout the test.
        recipe.ends = days * day + day / 2
        recipe.begins = min(recipe.begins, recipe.ends - day)
        return recipe
    }

    /// Replaces the authority, the server's certificate and the client's by others that end in so many days.
    private func issue(authority: Int = 1_000, server: Int = 1_000, client: Int = 1_000) throws {
        let root = try IssuedIdentity.issue(Self.recipe("Root", .authority, days: authority))
        try folder.write(root.certificatePEM(), to: "ca.pem")
        for (name, recipe) in [
            ("server", Self.recipe("Server", .server(names: ["IP:127.0.0.1"]), days: server)),
            ("client", Self.recipe("Client", .client, days: client)),
        ] {
            let identity = try IssuedIdentity.issue(recipe, by: root)
            try folder.write(identity.certificatePEM(), to: "\(name).pem")
            try folder.write(secret: identity.keyPEM(), to: "\(name).key")
        }
    }

    private func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.gigachat.runMode = .mtls
        configuration.gigachat.authorities = files.files.authority
        configuration.gigachat.mutualTLS.certificate = files.files.client.certificate
        configuration.gigachat.mutualTLS.key = files.files.client.key
        return configuration
    }

    private func findingOfFile(_ subject: String) throws -> DoctorFinding {
        try #require(FileChecks(configuration()).findings.first { $0.subject == subject })
    }

    /// What is found of a server that shows the certificates in the files.
    private func findingsOfServer(_ change: (inout Configuration) -> Void = { _ in }) async throws -> [DoctorFinding] {
        var configuration = configuration()
        change(&configuration)
        let (given, certificates) = (configuration, files.files)
        return try await onLoop { loop in
            var settings = FakeSettings()
            settings.tls = FakeTLS(certificates)
            settings.tls?.demandsClientCertificate = given.gigachat.runMode == .mtls
            let fake = try await FakeGigaChat.start(on: loop, settings: settings)
            var asked = given
            asked.gigachat.baseURL = fake.baseURL
            asked.gigachat.authURL = fake.authURL
            let findings = await ProviderChecks(asked).findings(on: loop)
            await fake.close()
            return findings
        }
    }

    @Test(
        "our own certificate is fine for long, worth a warning below 30 days, and a fault when its time is over",
        arguments: [
            (90, DoctorFinding.Level.ok, "valid for 90 more days"), (30, .ok, "valid for 30 more days"),
            (29, .warn, "valid for 29 more days"), (0, .warn, "valid for 0 more days"),
            (-3, .fail, "has ended 2 days ago"),
        ])
    func own(days: Int, level: DoctorFinding.Level, words: String) throws {
        try issue(client: days)
        let found = try findingOfFile("GIGACHAT_MTLS_CERT_FILE")
        #expect(found.level == level)
        #expect(found.detail.english == "\(files.files.client.certificate) (Client): \(words)")
        #expect(found.advice?.english == (level == .ok ? nil : "have a new certificate issued"))
    }

    @Test(
        "of the file of authorities the one that ends last counts",
        arguments: [(90, DoctorFinding.Level.ok), (10, .warn), (-3, .fail)])
    func authorities(days: Int, level: DoctorFinding.Level) throws {
        try issue(authority: days)
        let older = try IssuedIdentity.issue(Self.recipe("Older", .authority, days: -9))
        let newer = try IssuedIdentity.issue(Self.recipe("Newer", .authority, days: days))
        try folder.write(older.certificatePEM() + newer.certificatePEM(), to: "ca.pem")
        let found = try findingOfFile("GIGACHAT_CA_BUNDLE_FILE")
        #expect(found.level == level && (found.advice == nil) == (level == .ok))
        #expect(found.detail.english.contains("ca.pem (Newer): "))
    }

    @Test("the file of authorities is called by the setting that has named it")
    func setting() throws {
        try issue()
        var configuration = configuration()
        configuration.gigachat.mutualTLS.authorities = files.files.otherAuthority
        let found = FileChecks(configuration).findings.filter { $0.subject.contains("CA_BUNDLE") }
        #expect(found.map(\.subject) == ["GIGACHAT_MTLS_CA_BUNDLE_FILE"])
        #expect(found.first?.detail.english.hasPrefix("\(files.files.otherAuthority) ") == true)
        _ = try findingOfFile("GIGACHAT_CA_BUNDLE_FILE")
    }

    @Test(
        "what the provider's servers show is told when they are trusted",
        arguments: [(90, DoctorFinding.Level.ok), (10, .warn)])
    func server(days: Int, level: DoctorFinding.Level) async throws {
        try issue(server: days)
        let found = try await findingsOfServer { $0.gigachat.runMode = .cloud }
        #expect(
            found.map(\.subject) == [
                "gigachat", "gigachat certificate", "gigachat tokens", "gigachat tokens certificate",
            ])
        for finding in found where finding.subject.hasSuffix("certificate") {
            #expect(finding.level == level)
            #expect(finding.detail.english.hasSuffix("(Server): valid for \(days) more days"))
        }
        let mutual = try await findingsOfServer()
        #expect(mutual.map(\.subject) == ["gigachat", "gigachat certificate"])
        #expect(mutual.map(\.level) == [.ok, level])
    }

    @Test("a server that is not trusted is looked at all the same: whether its time is over or its authority unknown")
    func distrusted() async throws {
        try issue(server: -3)
        let ended = try await findingsOfServer { $0.gigachat.runMode = .cloud }.prefix(2)
        #expect(ended.map(\.level) == [.fail, .fail])
        #expect(ended.last?.detail.english.hasSuffix("(Server): has ended 2 days ago") == true)
        try issue()
        let unknown = try await findingsOfServer { configuration in
            configuration.gigachat.runMode = .cloud
            configuration.gigachat.authorities = files.files.otherAuthority
        }.prefix(2)
        #expect(unknown.map(\.level) == [.fail, .ok])
    }
}
