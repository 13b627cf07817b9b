import CLibcrypto
import Foundation

/// Certificates and keys made for one test, in a folder that goes with this object.
final class IdentityFiles {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "identity-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("\(folder.path): \(error)")
        }
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }

    /// Makes `NAME.crt`, valid between the two times (seconds from now), and its key `NAME.key`, encrypted where a
    /// passphrase is given.
    func make(_ name: String, from start: Int = -60, until end: Int = 3600, passphrase: String? = nil) {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
        var key: OpaquePointer?
        EVP_PKEY_keygen_init(context)
        EVP_PKEY_keygen(context, &key)
        EVP_PKEY_CTX_free(context)
        let certificate = X509_new()
        X509_gmtime_adj(X509_getm_notBefore(certificate), start)
        X509_gmtime_adj(X509_getm_notAfter(certificate), end)
        X509_set_pubkey(certificate, key)
        X509_sign(certificate, key, nil)
        let files = (BIO_new_file(path("\(name).crt"), "w"), BIO_new_file(path("\(name).key"), "w"))
        PEM_write_bio_X509(files.0, certificate)
        let letters = Array((passphrase ?? "").utf8)
        let cipher = passphrase == nil ? nil : EVP_aes_128_cbc()
        PEM_write_bio_PrivateKey(files.1, key, cipher, letters, Int32(letters.count), nil, nil)
        BIO_free(files.0)
        BIO_free(files.1)
        X509_free(certificate)
        EVP_PKEY_free(key)
    }
}
