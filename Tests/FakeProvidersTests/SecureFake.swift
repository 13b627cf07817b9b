import EventLoop
import FakeProviders
import HTTPClient
import TestSupport

/// A fake in TLS and what a client meets there. Confined to its loop.
final class SecureFake {
    let fake: FakeGigaChat
    let files: FakeCertificates
    private let loop: EventLoop

    private init(_ fake: FakeGigaChat, _ files: FakeCertificates, _ loop: EventLoop) {
        self.fake = fake
        self.files = files
        self.loop = loop
    }

    /// Runs `body` with a fake whose TLS `change` has set up.
    static func with(
        _ change: @escaping @Sendable (inout FakeTLS) -> Void,
        _ body: @escaping @Sendable (SecureFake) async throws -> Void
    ) async throws {
        let certificates = try TemporaryCertificates()
        try await onLoop { loop in
            var settings = FakeSettings()
            var tls = FakeTLS(certificates.files)
            change(&tls)
            settings.tls = tls
            let fake = try await FakeGigaChat.start(on: loop, settings: settings)
            do {
                try await body(SecureFake(fake, certificates.files, loop))
            } catch {
                await fake.close()
                throw error
            }
            await fake.close()
        }
    }

    /// A client's identity with one of the pairs, or with the encrypted key.
    func identity(_ pair: FakeCertificates.Pair, key: String? = nil, _ passphrase: String = "") -> ClientTLS.Identity {
        ClientTLS.Identity(
            certificateFile: pair.certificate, keyFile: key ?? pair.key, passphrase: passphrase)
    }

    /// Asks once, with a client of its own that trusts the right authority unless it is told otherwise.
    func ask(
        _ identity: ClientTLS.Identity? = nil, trusting authority: String? = nil, headers: ClientHeaders = [:],
        _ request: ClientRequest? = nil
    ) async throws(HTTPClientError) -> ClientResponse {
        let tls = ClientTLS(caFile: authority ?? files.authority, identity: identity)
        let client = try HTTPClient(on: loop, configuration: HTTPClientConfiguration(userAgent: "tests/1", tls: tls))
        defer { client.close() }
        return try await client.send(request ?? ClientRequest("GET", "\(fake.baseURL)/models", headers: headers))
    }

    func eventually(_ condition: () -> Bool) async throws -> Bool {
        try await TestSupport.eventually(on: loop, condition)
    }

    /// Why there is no answer; nil when TLS is not to blame.
    func refusal(
        _ identity: ClientTLS.Identity? = nil, trusting authority: String? = nil
    ) async -> HTTPClientError.TLSFailure? {
        do throws(HTTPClientError) {
            _ = try await ask(identity, trusting: authority)
            return nil
        } catch {
            if case .tls(let failure, _) = error { return failure }
            return nil
        }
    }
}
