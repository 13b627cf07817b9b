import CLibcrypto

/// A certificate with its key, made on the spot: a key on the curve P-256, signed with SHA-256. For tests and
/// development, where trust lives as long as a process; a real authority keeps serial numbers and lists of what it has
/// withdrawn. Any thread, one at a time.
public final class IssuedIdentity {
    let certificate: OpaquePointer
    let key: OpaquePointer

    private init(certificate: OpaquePointer, key: OpaquePointer) {
        self.certificate = certificate
        self.key = key
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    /// Makes a key and a certificate for it, signed by `authority`, or by itself when that is nil.
    public static func issue(
        _ recipe: CertificateRecipe, by authority: IssuedIdentity? = nil
    ) throws(IssueError) -> IssuedIdentity {
        ERR_clear_error()
        let key = try makeKey()
        guard let certificate = X509_new() else {
            EVP_PKEY_free(key)
            throw refusal("no certificate")
        }
        let identity = IssuedIdentity(certificate: certificate, key: key)
        try identity.fill(recipe, by: authority ?? identity)
        return identity
    }

    /// The certificate in PEM.
    public func certificatePEM() throws(IssueError) -> [UInt8] {
        try Self.written("the certificate") { PEM_write_bio_X509($0, certificate) }
    }

    /// The key in PEM (PKCS #8), encrypted with AES-256 where there is a passphrase.
    public func keyPEM(passphrase: String = "") throws(IssueError) -> [UInt8] {
        let letters = Array(passphrase.utf8)
        let cipher = letters.isEmpty ? nil : EVP_aes_256_cbc()
        return try Self.written("the key") {
            PEM_write_bio_PrivateKey($0, key, cipher, letters, Int32(letters.count), nil, nil)
        }
    }

    private static func makeKey() throws(IssueError) -> OpaquePointer {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { throw refusal("no key") }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        try check(EVP_PKEY_keygen_init(context), "no key")
        try check(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1), "the key's curve")
        try check(EVP_PKEY_keygen(context, &key), "no key")
        guard let key else { throw refusal("no key") }
        return key
    }

    private func fill(_ recipe: CertificateRecipe, by authority: IssuedIdentity) throws(IssueError) {
        // Version 3 is written as 2 (RFC 5280, 4.1.2.1).
        try Self.check(X509_set_version(certificate, 2), "the version")
        // Positive, and no number is given twice by one authority.
        let serial = UInt64.random(in: 1...UInt64(Int64.max))
        try Self.check(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial), "the serial number")
        X509_gmtime_adj(X509_getm_notBefore(certificate), recipe.begins)
        X509_gmtime_adj(X509_getm_notAfter(certificate), recipe.ends)
        try Self.check(X509_set_pubkey(certificate, key), "the public key")
        let name = X509_get_subject_name(certificate)
        let letters = Array(recipe.commonName.utf8)
        try Self.check(
            X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, letters, Int32(letters.count), -1, 0),
            "the common name")
        try Self.check(
            X509_set_issuer_name(certificate, X509_get_subject_name(authority.certificate)), "the issuer's name")
        for (number, value) in recipe.extensions { try add(number, value, by: authority) }
        guard X509_sign(certificate, authority.key, EVP_sha256()) > 0 else { throw Self.refusal("the signature") }
    }

    private func add(_ number: Int32, _ value: String, by authority: IssuedIdentity) throws(IssueError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, authority.certificate, certificate, nil, nil, 0)
        guard let added = X509V3_EXT_conf_nid(nil, &context, number, value) else { throw Self.refusal(value) }
        defer { X509_EXTENSION_free(added) }
        try Self.check(X509_add_ext(certificate, added, -1), value)
    }

    private static func written(
        _ what: String, _ write: (OpaquePointer) -> Int32
    ) throws(IssueError) -> [UInt8] {
        guard let out = BIO_new(BIO_s_mem()) else { throw refusal(what) }
        defer { BIO_free(out) }
        try check(write(out), what)
        let size = BIO_ctrl_pending(out)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = Int(max(0, BIO_read(out, buffer.baseAddress, Int32(size))))
        }
    }

    private static func check(_ status: Int32, _ step: String) throws(IssueError) {
        guard status == 1 else { throw refusal(step) }
    }

    private static func refusal(_ step: String) -> IssueError {
        defer { ERR_clear_error() }
        let code = ERR_peek_last_error()
        guard code != 0 else { return .refused(step: step, reason: nil) }
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        let words = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return .refused(step: step, reason: words)
    }
}
