/// Authentication by user name and password (RFC 4422).
public struct KafkaSASL: Sendable {
    /// How the password is proved.
    public enum Mechanism: String, CaseIterable, Sendable {
        /// Sends it as it is (RFC 4616): for use under TLS.
        case plain = "PLAIN"
        /// Challenge and response with SHA-256 (RFC 7677).
        case scramSHA256 = "SCRAM-SHA-256"
        /// Challenge and response with SHA-512.
        case scramSHA512 = "SCRAM-SHA-512"
    }

    /// How the password is proved.
    public var mechanism: Mechanism
    /// The account's name.
    public var user: String
    /// The account's password.
    public var password: String

    /// Names the account.
    public init(mechanism: Mechanism, user: String, password: String) {
        self.mechanism = mechanism
        self.user = user
        self.password = password
    }

    var settings: [(key: String, value: String)] {
        [("sasl.mechanism", mechanism.rawValue), ("sasl.username", user), ("sasl.password", password)]
    }
}
