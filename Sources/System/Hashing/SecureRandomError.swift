import CLibcrypto

/// libcrypto could not give random bytes: it was not able to seed its generator.
public struct SecureRandomError: Error, Equatable, Sendable, CustomStringConvertible {
    /// libcrypto's code, taken at the call; zero if it left none.
    public let code: UInt

    /// The failure with its code in libcrypto's notation.
    public var description: String {
        "RAND_bytes: error \(String(code, radix: 16, uppercase: true))"
    }
}
