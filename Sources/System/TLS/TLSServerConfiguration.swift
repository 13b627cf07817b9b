/// What a TLS server shows and asks for: PEM files, read once.
public struct TLSServerConfiguration: Sendable, Equatable {
    /// The server's certificate, its chain after it.
    public var certificateFile: String
    /// The certificate's private key, not encrypted.
    public var keyFile: String
    /// The authorities of the clients' certificates; nil: clients are not asked for one. With a file each client must
    /// show a certificate of theirs that is valid now.
    public var clientAuthoritiesFile: String?
    /// The only version that is spoken; nil: 1.2 and 1.3.
    public var version: TLSVersion?

    /// A server that asks its clients for nothing and speaks both versions, unless said otherwise afterwards.
    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
