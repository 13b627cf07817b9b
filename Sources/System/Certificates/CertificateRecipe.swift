/// What a certificate that is made on the spot says.
public struct CertificateRecipe: Sendable, Equatable {
    /// What the certificate may be used for.
    public enum Purpose: Sendable, Equatable {
        /// Signs other certificates.
        case authority
        /// Proves a server. Names are those of its hosts, as OpenSSL writes them: `DNS:localhost`, `IP:127.0.0.1`.
        case server(names: [String])
        /// Proves a client.
        case client
    }

    /// The common name of the subject, at most 64 characters (RFC 5280, appendix A.1).
    public var commonName: String
    /// What it may be used for.
    public var purpose: Purpose
    /// Seconds from now to the beginning of its time; negative for the past.
    public var begins = -300
    /// Seconds from now to the end of its time; negative for the past.
    public var ends = 30 * 86_400

    /// A certificate of that name, good from five minutes ago and for thirty days, unless said otherwise afterwards.
    public init(_ commonName: String, _ purpose: Purpose) {
        self.commonName = commonName
        self.purpose = purpose
    }

    /// The extensions, by libcrypto's numbers for them (RFC 5280, 4.2.1).
    var extensions: [(number: Int32, value: String)] {
        let identifiers = [(number: NID.subjectKey, value: "hash"), (number: NID.authorityKey, value: "keyid")]
        switch purpose {
        case .authority:
            return [(NID.constraints, "critical,CA:TRUE"), (NID.usage, "critical,keyCertSign,cRLSign")]
                + identifiers.prefix(1)
        case .server(let names):
            return [
                (NID.constraints, "critical,CA:FALSE"), (NID.usage, "critical,digitalSignature"),
                (NID.extendedUsage, "serverAuth"), (NID.names, names.joined(separator: ",")),
            ] + identifiers
        case .client:
            return [
                (NID.constraints, "critical,CA:FALSE"), (NID.usage, "critical,digitalSignature"),
                (NID.extendedUsage, "clientAuth"),
            ] + identifiers
        }
    }
}
