import FakeProviders
import Foundation
import HTTPClient
import TLS
import TestSupport
import Testing

@Suite("The fake in TLS", .timeLimit(.minutes(10)))
struct FakeTLSTests {
    private static func demand(_ version: TLSVersion) -> @Sendable (inout FakeTLS) -> Void {
        { tls in
            tls.demandsClientCertificate = true
            tls.version = version
        }
    }

    @Test("a client that trusts its authority is answered, by either version", arguments: TLSVersion.allCases)
    func trusted(version: TLSVersion) async throws {
        try await SecureFake.with({ $0.version = version }) { (server) async throws in
            let answer = try await server.ask()
            #expect(answer.status == 401)
            #expect(server.fake.log.last?.clientSubject == nil)
        }
    }

    @Test(
        "a client certificate that is asked for and given is answered, and its subject logged",
        arguments: TLSVersion.allCases)
    func given(version: TLSVersion) async throws {
        try await SecureFake.with(Self.demand(version)) { (server) async throws in
            let answer = try await server.ask(server.identity(server.files.client))
            #expect(answer.status == 200)
            #expect(server.fake.log.last?.clientSubject == "CN=fake-client")
            #expect(server.fake.log.last?.notes == [])
        }
    }

    @Test("a client without a certificate is refused, and asks for nothing", arguments: TLSVersion.allCases)
    func missing(version: TLSVersion) async throws {
        try await SecureFake.with(Self.demand(version)) { (server) async throws in
            let refusal = await server.refusal()
            #expect(refusal == (version == .tls12 ? .handshake : .clientCertificateRefused))
            #expect(server.fake.log.isEmpty)
            #expect(try await server.eventually { server.fake.counters.refusedHandshakes == 1 })
        }
    }

    @Test("a certificate of another authority and one that has expired are refused", arguments: TLSVersion.allCases)
    func wrong(version: TLSVersion) async throws {
        try await SecureFake.with(Self.demand(version)) { (server) async throws in
            for pair in [server.files.otherClient, server.files.expiredClient] {
                let refusal = await server.refusal(server.identity(pair))
                #expect(refusal == .clientCertificateRefused, "\(pair.certificate)")
            }
            #expect(server.fake.log.isEmpty)
        }
    }

    @Test("an encrypted key needs its passphrase, and nobody is asked for it on a terminal")
    func encryptedKey() async throws {
        try await SecureFake.with({ $0.demandsClientCertificate = true }) { (server) async throws in
            let pair = server.files.client
            let key = server.files.encryptedKey
            let right = server.identity(pair, key: key, FakeCertificates.passphrase)
            let answer = try await server.ask(right)
            #expect(answer.status == 200)
            for word in ["wrong", ""] {
                #expect(await server.refusal(server.identity(pair, key: key, word)) == .clientCertificateFile)
            }
        }
    }

    @Test("a server of an unknown authority or of another name is not trusted")
    func untrusted() async throws {
        try await SecureFake.with({ _ in }) { (server) async throws in
            #expect(await server.refusal(trusting: server.files.otherAuthority) == .verification)
        }
        try await SecureFake.with({ $0.hasWrongName = true }) { (server) async throws in
            #expect(await server.refusal() == .verification)
        }
    }

    @Test("a file of authorities that is missing or holds none is told apart")
    func noAuthorities() async throws {
        try await SecureFake.with({ _ in }) { (server) async throws in
            let garbage = server.files.folder + "/garbage.pem"
            try Data("no PEM".utf8).write(to: URL(filePath: garbage))
            for path in [server.files.folder + "/missing.pem", garbage] {
                #expect(await server.refusal(trusting: path) == .authorityFile)
            }
            #expect(server.fake.log.isEmpty)
        }
    }

    @Test("a token, and a request for one, are noted where the certificate says who calls")
    func notes() async throws {
        try await SecureFake.with({ $0.demandsClientCertificate = true }) { (server) async throws in
            let identity = server.identity(server.files.client)
            let answer = try await server.ask(identity, headers: ["Authorization": "Bearer none"])
            #expect(answer.status == 200)
            #expect(server.fake.log.last?.notes == [FakeLogEntry.authorizationNote])
            let token = try await server.ask(nil, ClientRequest("POST", server.fake.authURL))
            #expect(token.status == 400)
            #expect(server.fake.log.last?.notes == [FakeLogEntry.tokenRequestNote])
        }
    }

    @Test("a large answer comes whole")
    func large() async throws {
        try await SecureFake.with({ _ in }) { (server) async throws in
            let text = String(repeating: "я", count: 1 << 19)
            server.fake.enqueue(ScenarioStep(status: 200, body: .text(text)), on: .models)
            let answer = try await server.ask()
            #expect(answer.body == Array(text.utf8))
        }
    }

    @Test("a client that speaks no TLS is counted and let go")
    func plain() async throws {
        try await SecureFake.with({ _ in }) { (server) async throws in
            let url = server.fake.baseURL.replacing("https:", with: "http:")
            await #expect(throws: HTTPClientError.self) { try await server.ask(nil, ClientRequest("GET", url)) }
            #expect(try await server.eventually { server.fake.counters.refusedHandshakes == 1 })
        }
    }
}
