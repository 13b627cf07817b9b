import Domain
import FakeProviders
import Foundation
import HTTPClient
import TLS
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's provider in TLS, against the fake", .timeLimit(.minutes(10)))
struct StandTLSTests {
    private static func versioned(_ version: TLSVersion, _ files: FakeCertificates) -> Stand.Plan {
        var plan = Stand.Plan.mutual(files)
        plan.settings.tls?.version = version
        return plan
    }

    @Test("the authority counts for tokens and answers alike, and no secret of one reaches the other")
    func cloud() async throws {
        let certificates = try TemporaryCertificates()
        try await Stand.with(.secure(certificates.files)) { (stand) async throws in
            #expect(try await stand.ask().text == "echo: Сколько?")
            let fields = stand.fake.log.map { $0.headers["authorization"] ?? "" }
            #expect(fields.count == 2)
            #expect(fields[0] == "Basic \(stand.fake.settings.credentials)")
            #expect(fields[1].hasPrefix("Bearer ") && !fields[1].contains(stand.fake.settings.credentials))
        }
    }

    @Test("a certificate is all that the mtls mode shows", arguments: TLSVersion.allCases)
    func mutual(version: TLSVersion) async throws {
        let certificates = try TemporaryCertificates()
        try await Stand.with(Self.versioned(version, certificates.files)) { (stand) async throws in
            #expect(try await stand.ask().text == "echo: Сколько?")
            let (text, end, _) = await stand.read(stand.router())
            #expect(text == "echo: Сколько?" && end?.reason == .stop)
            // An entry is written when the fake is done with a stream, which is after its client is.
            #expect(try await eventually(on: stand.loop) { stand.fake.log.count == 2 })
            for entry in stand.fake.log {
                #expect(entry.clientSubject == "CN=fake-client" && entry.notes == [])
                #expect(entry.headers["authorization"] == nil && entry.path == "/api/v1/chat/completions")
            }
        }
    }

    @Test("a refused certificate is a fault of authorisation, told once", arguments: TLSVersion.allCases)
    func refused(version: TLSVersion) async throws {
        let certificates = try TemporaryCertificates()
        for pair in [certificates.files.otherClient, certificates.files.expiredClient] {
            var plan = Self.versioned(version, certificates.files)
            plan.tls.identity = ClientTLS.Identity(certificateFile: pair.certificate, keyFile: pair.key)
            try await Stand.with(plan) { (stand) async throws in
                let failure = try await stand.failure()
                #expect(failure.failureClass == .auth)
                #expect(failure.detail.contains("does not take this client certificate"))
                #expect(stand.fake.log.isEmpty)
            }
        }
    }

    @Test("a missing certificate is told as what it is", arguments: TLSVersion.allCases)
    func missing(version: TLSVersion) async throws {
        let certificates = try TemporaryCertificates()
        var plan = Self.versioned(version, certificates.files)
        plan.tls.identity = nil
        try await Stand.with(plan) { (stand) async throws in
            let failure = try await stand.failure()
            #expect(failure.failureClass == (version == .tls12 ? .transport : .auth))
            #expect(failure.detail.contains("wants"))
        }
    }

    @Test("an encrypted key opens with its passphrase alone", arguments: [FakeCertificates.passphrase, "wrong", ""])
    func passphrase(word: String) async throws {
        let certificates = try TemporaryCertificates()
        var plan = Stand.Plan.mutual(certificates.files)
        plan.tls.identity?.keyFile = certificates.files.encryptedKey
        plan.tls.identity?.passphrase = word
        try await Stand.with(plan) { (stand) async throws in
            if word == FakeCertificates.passphrase {
                #expect(try await stand.ask().text == "echo: Сколько?")
            } else {
                let failure = try await stand.failure()
                #expect(failure.failureClass == .auth)
                #expect(failure.detail.contains("its key and the passphrase"))
                #expect(word.isEmpty || !failure.detail.contains(word + " "))
            }
        }
    }

    @Test("a server that is not trusted gets no key, and the authority's file is named")
    func untrusted() async throws {
        let certificates = try TemporaryCertificates()
        let files = certificates.files
        var wrongName = Stand.Plan.secure(files)
        wrongName.settings.tls?.hasWrongName = true
        var otherAuthority = Stand.Plan.secure(files)
        otherAuthority.tls.caFile = files.otherAuthority
        for plan in [wrongName, otherAuthority] {
            try await Stand.with(plan) { (stand) async throws in
                let failure = try await stand.failure()
                #expect(failure.failureClass == .transport)
                #expect(failure.detail.contains("the CA file \(plan.tls.caFile ?? "") does not hold the authority"))
                #expect(stand.fake.log.isEmpty)
            }
        }
        var system = Stand.Plan.secure(files)
        system.tls.caFile = nil
        try await Stand.with(system) { (stand) async throws in
            #expect(try await stand.failure().detail.contains("no CA file is set for this provider"))
        }
    }

    @Test("a file of authorities that is missing or holds none is named")
    func noAuthorities() async throws {
        let certificates = try TemporaryCertificates()
        let garbage = certificates.files.folder + "/garbage.pem"
        try Data("no PEM".utf8).write(to: URL(filePath: garbage))
        for path in [garbage, certificates.files.folder + "/missing.pem"] {
            var plan = Stand.Plan.secure(certificates.files)
            plan.tls.caFile = path
            try await Stand.with(plan) { (stand) async throws in
                #expect(try await stand.failure().detail.contains("the CA file \(path) is missing or no PEM"))
            }
        }
    }
}
