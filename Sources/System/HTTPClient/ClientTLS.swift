/// Whom the client trusts and who it is, for `https`. TLS 1.2 is the least that is spoken.
public struct ClientTLS: Sendable {
    /// PEM file with the authorities to trust **instead of** the system's; nil for the system's.
    public var caFile: String?
    /// The certificate that the client shows when a server asks for one.
    public var identity: Identity?
    /// Whether the server's certificate and host name are checked. Turn it off only by an explicit setting.
    public var verifiesServer: Bool
    /// Whether responses tell which certificates the server has shown. It costs some time at each handshake.
    public var keepsServerChain = false

    /// A client certificate and its key, in files that are read at each new connection.
    public struct Identity: Sendable {
        /// PEM file with the certificate, its chain after it.
        public var certificateFile: String
        /// PEM file with the private key; nil when it is in the certificate's file.
        public var keyFile: String?
        /// What the key is encrypted with; empty when it is not. Always handed on, since libcurl would otherwise
        /// ask the terminal for it and block the loop.
        public var passphrase: String

        /// Names the files; whether they fit each other shows at the first connection.
        public init(certificateFile: String, keyFile: String? = nil, passphrase: String = "") {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
            self.passphrase = passphrase
        }
    }

    /// The system's authorities, checked, and no client certificate, unless said otherwise.
    public init(caFile: String? = nil, identity: Identity? = nil, verifiesServer: Bool = true) {
        self.caFile = caFile
        self.identity = identity
        self.verifiesServer = verifiesServer
    }

    var identityTexts: [String?] {
        [identity?.certificateFile, identity?.keyFile, identity?.passphrase]
    }
}
