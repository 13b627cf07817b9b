import CLibcrypto

/// Random bytes fit for keys and tokens, from libcrypto's generator, which the kernel seeds. Any thread.
public enum SecureRandom {
    /// The most bytes that one call gives.
    public static let maximumCount = 1 << 20

    /// `count` (0 … `maximumCount`) random bytes.
    public static func bytes(_ count: Int) throws(SecureRandomError) -> [UInt8] {
        precondition((0...maximumCount).contains(count), "count out of range")
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw SecureRandomError(code: ERR_get_error()) }
        return bytes
    }
}
