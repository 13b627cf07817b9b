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
}
