public import TLS

/// How the fake's listeners speak TLS.
public struct FakeTLS: Sendable, Equatable {
    /// The files that are used.
    public var certificates: FakeCertificates
    /// Whether the listener of the API asks its clients for a certificate of `certificates.authority`. It then asks for
    /// no token; a request that has one all the same, and a request for a token, are noted in the log.
    public var demandsClientCertificate = false
    /// Whether both listeners show the certificate of another host.
    public var hasWrongName = false
    /// The only version that is spoken; nil: 1.2 and 1.3.
    public var version: TLSVersion?

    /// Servers that are right and ask their clients for nothing, unless said otherwise afterwards.
    public init(_ certificates: FakeCertificates) {
        self.certificates = certificates
    }

    /// What a listener of that kind needs.
    func context(for kind: FakeListenerKind) throws(FakeError) -> TLSServerContext {
        let pair = hasWrongName ? certificates.wrongNameServer : certificates.server
        var configuration = TLSServerConfiguration(certificateFile: pair.certificate, keyFile: pair.key)
        configuration.version = version
        if kind == .api, demandsClientCertificate { configuration.clientAuthoritiesFile = certificates.authority }
        do throws(TLSError) {
            return try TLSServerContext(configuration)
        } catch {
            throw .tls(error)
        }
    }
}
