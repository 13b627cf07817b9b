import CLibcrypto

/// SHA-256 (FIPS 180-4) in one step; `SHA256Hasher` takes data in pieces.
public enum SHA256 {
    /// The hash of the bytes.
    public static func hash(_ bytes: [UInt8]) -> SHA256Digest {
        hash(bytes.span.bytes)
    }

    /// The hash of the text's UTF-8 bytes.
    public static func hash(_ text: String) -> SHA256Digest {
        hash(text.utf8Span.span.bytes)
    }

    /// The hash of the bytes.
    public static func hash(_ bytes: RawSpan) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The message authentication code HMAC-SHA-256 (RFC 2104) of a message under a key of any length.
    public static func authenticationCode(for message: [UInt8], key: [UInt8]) -> SHA256Digest {
        var code = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        let result = EVP_Q_mac(
            nil, "HMAC", nil, "SHA256", nil, key, key.count, message, message.count, &code, code.count, nil
        )
        guard result != nil, let digest = SHA256Digest(bytes: code) else {
            preconditionFailure("libcrypto offers no HMAC-SHA-256")
        }
        return digest
    }
}
