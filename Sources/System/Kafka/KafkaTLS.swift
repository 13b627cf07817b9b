/// How the connection to the brokers is encrypted, and who vouches for whom. Files are PEM.
public struct KafkaTLS: Sendable {
    /// The certificates of the authorities to trust; nil for the system's own.
    public var authorityFile: String?
    /// This client's certificate, where brokers ask for one.
    public var certificateFile: String?
    /// The private key of `certificateFile`.
    public var keyFile: String?
    /// The password that opens `keyFile`.
    public var keyPassword: String?
    /// Whether the broker's certificate must be valid. Switching it off invites a man in the middle.
    public var verifiesCertificate: Bool
    /// Whether the certificate must be for the host that was dialled (RFC 2818).
    public var checksHostname: Bool

    /// By default everything is verified against the system's authorities.
    public init(
        authorityFile: String? = nil,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        keyPassword: String? = nil,
        verifiesCertificate: Bool = true,
        checksHostname: Bool = true
    ) {
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.keyPassword = keyPassword
        self.verifiesCertificate = verifiesCertificate
        self.checksHostname = checksHostname
    }

    var settings: [(key: String, value: String)] {
        var settings = [
            ("enable.ssl.certificate.verification", verifiesCertificate ? "true" : "false"),
            ("ssl.endpoint.identification.algorithm", verifiesCertificate && checksHostname ? "https" : "none"),
        ]
        if let authorityFile { settings.append(("ssl.ca.location", authorityFile)) }
        if let certificateFile { settings.append(("ssl.certificate.location", certificateFile)) }
        if let keyFile { settings.append(("ssl.key.location", keyFile)) }
        if let keyPassword { settings.append(("ssl.key.password", keyPassword)) }
        return settings
    }
}
