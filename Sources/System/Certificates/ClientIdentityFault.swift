/// What is wrong with the files by which a client proves who it is, and what mends it. Names files, never what is in
/// them.
public struct ClientIdentityFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of faults.
    public enum Kind: Sendable, Equatable {
        /// The file is missing or may not be read.
        case unreadable
        /// The file holds no certificate in PEM.
        case noCertificate
        /// The file holds no private key in PEM.
        case noKey
        /// The key is encrypted and the passphrase does not open it.
        case passphrase
        /// The key belongs to another certificate.
        case mismatch
        /// The certificate's time is over.
        case expired
        /// The certificate's time has not begun.
        case notYetValid
        /// A part of the file with the authorities is damaged.
        case damagedAuthorities
    }

    /// What is wrong.
    public let kind: Kind
    /// The file's path, as it was given.
    public let file: String
    /// libcrypto's words, where it has some.
    public let reason: String?

    init(_ kind: Kind, _ file: String, reason: String? = nil) {
        self.kind = kind
        self.file = file
        self.reason = reason
    }

    /// The fault and its cure in one line, for operators.
    public var description: String {
        let words = "\(file): \(cure)"
        return reason.map { "\(words) (\($0))" } ?? words
    }

    private var cure: String {
        switch kind {
        case .unreadable: "the file cannot be read; check its path and the rights of the service's user"
        case .noCertificate: "there is no certificate in PEM; convert DER or PKCS#12 with the openssl program"
        case .noKey: "there is no private key in PEM; convert DER or PKCS#12 with the openssl program"
        case .passphrase: "the key is encrypted and the passphrase is missing or wrong; set the right one"
        case .mismatch: "the key belongs to another certificate; put in the pair that was made together"
        case .expired: "the certificate has expired; have a new one issued"
        case .notYetValid: "the certificate is not valid yet; check this machine's clock, or wait"
        case .damagedAuthorities: "a certificate in the file is damaged; put the file together again"
        }
    }
}
