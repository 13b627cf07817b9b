import CLibcrypto

/// Computes a SHA-256 hash of data that comes in pieces. Traps only where libcrypto is out of memory or is set up
/// without SHA-256.
public struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer

    /// libcrypto's way to do it, looked for once: with `EVP_sha256()` each hash would look for it anew.
    private struct Algorithm: @unchecked Sendable {
        // Safety: nobody changes an EVP_MD once it is made, and it is never freed.
        let pointer = EVP_MD_fetch(nil, "SHA256", nil)
    }

    private static let algorithm = Algorithm()

    /// A hasher that has seen nothing.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, Self.algorithm.pointer, nil) == 1 else {
            preconditionFailure("libcrypto offers no SHA-256")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends bytes.
    public mutating func update(_ bytes: RawSpan) {
        let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(status == 1, "EVP_DigestUpdate failed")
    }

    /// Appends bytes.
    public mutating func update(_ bytes: [UInt8]) {
        update(bytes.span.bytes)
    }

    /// Appends the text's UTF-8 bytes.
    public mutating func update(_ text: String) {
        update(text.utf8Span.span.bytes)
    }

    /// The hash of everything appended.
    public consuming func finalize() -> SHA256Digest {
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        guard EVP_DigestFinal_ex(context, &bytes, nil) == 1, let digest = SHA256Digest(bytes: bytes) else {
            preconditionFailure("EVP_DigestFinal_ex failed")
        }
        return digest
    }
}
