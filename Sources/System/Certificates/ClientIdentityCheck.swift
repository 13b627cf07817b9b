import CLibcrypto

/// Looks at the files by which a client proves who it is before any connection needs them: a server that refuses a
/// certificate mostly just hangs up, so this is the only clean word about them. Blocks for the time of reading the
/// files; any thread.
public enum ClientIdentityCheck {
    /// Checks that the files can be read, are PEM and belong together, that the passphrase opens the key and that the
    /// certificate is valid now. `key` is nil where it stands in the certificate's file; `passphrase` is empty for a
    /// key that is not encrypted; `authorities`, the file that servers are checked with, is nil for the system's. Does
    /// not ask whether any server takes the certificate.
    public static func check(
        certificate: String, key: String?, passphrase: String, authorities: String?
    ) throws(ClientIdentityFault) {
        let first = try firstCertificate(certificate)
        defer { X509_free(first) }
        let privateKey = try PEMFile(key ?? certificate).key(passphrase: passphrase)
        defer { EVP_PKEY_free(privateKey) }
        let isPair = X509_check_private_key(first, privateKey) == 1
        ERR_clear_error()
        guard isPair else { throw ClientIdentityFault(.mismatch, key ?? certificate) }
        if hasPassed(X509_get0_notAfter(first)) { throw ClientIdentityFault(.expired, certificate) }
        if !hasPassed(X509_get0_notBefore(first)) { throw ClientIdentityFault(.notYetValid, certificate) }
        if let authorities { try check(authorities: authorities) }
    }

    /// Checks that the file can be read and holds certificates in PEM, none of them damaged.
    public static func check(authorities path: String) throws(ClientIdentityFault) {
        _ = try CertificateFacts.all(in: path)
    }

    /// The client's own certificate comes first; those of its chain follow.
    private static func firstCertificate(_ path: String) throws(ClientIdentityFault) -> OpaquePointer {
        let file = try PEMFile(path)
        do throws(ClientIdentityFault) {
            if let certificate = try file.nextCertificate() { return certificate }
        } catch {
            throw ClientIdentityFault(.noCertificate, path, reason: error.reason)
        }
        throw ClientIdentityFault(.noCertificate, path)
    }

    private static func hasPassed(_ time: UnsafePointer<ASN1_TIME>?) -> Bool {
        X509_cmp_current_time(time) < 0
    }
}
