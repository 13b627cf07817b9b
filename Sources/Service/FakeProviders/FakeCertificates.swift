import Certificates

/// The certificates and keys of one fake, made when it starts: nobody else trusts them.
public struct FakeCertificates: Sendable, Equatable {
    /// The folder of the files.
    public let folder: String
    /// What `encryptedKey` is encrypted with.
    public static let passphrase = "fake-passphrase"

    /// Makes all of them and writes them to `folder`, which is made where it is missing; keys are for its owner alone
    /// (0600). Blocks for some ten milliseconds. Throws ``FakeError/certificates(_:)``.
    public init(in folder: String) throws(FakeError) {
        self.folder = folder
        do throws(IssueError) {
            let files = try IdentityFolder(folder)
            let authority = try IssuedIdentity.issue(CertificateRecipe("Fake Russian Root", .authority))
            let other = try IssuedIdentity.issue(CertificateRecipe("Another Root", .authority))
            try files.write(authority.certificatePEM(), to: "ca.pem")
            try files.write(other.certificatePEM(), to: "other-ca.pem")
            let hosts = ["DNS:localhost", "IP:127.0.0.1", "IP:::1"]
            try Self.issue(CertificateRecipe("localhost", .server(names: hosts)), by: authority, "server", files)
            let elsewhere = CertificateRecipe("elsewhere", .server(names: ["DNS:elsewhere.example"]))
            try Self.issue(elsewhere, by: authority, "wrong-name", files)
            let client = try Self.issue(CertificateRecipe("fake-client", .client), by: authority, "client", files)
            try files.write(secret: client.keyPEM(passphrase: Self.passphrase), to: "client-encrypted.key")
            try Self.issue(CertificateRecipe("stranger", .client), by: other, "other-client", files)
            var past = CertificateRecipe("former-client", .client)
            past.begins = -7_200
            past.ends = -3_600
            try Self.issue(past, by: authority, "expired-client", files)
        } catch {
            throw .certificates(error)
        }
    }

    @discardableResult
    private static func issue(
        _ recipe: CertificateRecipe, by authority: IssuedIdentity, _ name: String, _ files: IdentityFolder
    ) throws(IssueError) -> IssuedIdentity {
        let identity = try IssuedIdentity.issue(recipe, by: authority)
        try files.write(identity.certificatePEM(), to: "\(name).pem")
        try files.write(secret: identity.keyPEM(), to: "\(name).key")
        return identity
    }

    /// A certificate with its key.
    public struct Pair: Sendable, Equatable {
        /// The certificate's file.
        public let certificate: String
        /// The key's file; the key is not encrypted.
        public let key: String
    }

    /// The authority of the servers and of the clients that are let in.
    public var authority: String { "\(folder)/ca.pem" }
    /// An authority that has nothing to do with the others.
    public var otherAuthority: String { "\(folder)/other-ca.pem" }
    /// The servers' own, for localhost, 127.0.0.1 and ::1.
    public var server: Pair { pair("server") }
    /// By the right authority, for a host of another name.
    public var wrongNameServer: Pair { pair("wrong-name") }
    /// A client that is let in; its subject is `CN=fake-client`.
    public var client: Pair { pair("client") }
    /// The key of `client`, encrypted with `passphrase`.
    public var encryptedKey: String { "\(folder)/client-encrypted.key" }
    /// A client of another authority.
    public var otherClient: Pair { pair("other-client") }
    /// A client whose time ended an hour ago.
    public var expiredClient: Pair { pair("expired-client") }

    private func pair(_ name: String) -> Pair {
        Pair(certificate: "\(folder)/\(name).pem", key: "\(folder)/\(name).key")
    }
}
