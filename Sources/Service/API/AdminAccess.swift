import HTTP
import HTTPServer
import Hashing

/// Who may manage the service: whoever knows the one key.
public struct AdminAccess: Sendable {
    /// Digests are compared, so that the time it takes tells nothing about the key.
    private let digest: [UInt8]?

    /// Lets in those with `key`; nobody without one.
    public init(key: String?) {
        digest = key.map { Array(SHA256.hash(Array($0.utf8)).bytes) }
    }

    /// The name of who asks, for the versions; throws what to answer when it is nobody with a right to.
    func administrator(_ request: Request) throws(Problem) -> String {
        guard let digest else { throw Problem(.forbidden, .managementIsOff) }
        guard let key = sentKey(request) else { throw Problem(unauthorized: .adminKeyMissing) }
        let sent = SHA256.hash(Array(key.utf8)).bytes
        let difference = zip(sent, digest).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) }
        guard difference == 0 else { throw Problem(unauthorized: .adminKeyWrong) }
        return "admin"
    }

    private func sentKey(_ request: Request) -> String? {
        if let key = request.head.first("x-api-key") { return key }
        guard let value = request.head.first("authorization"), value.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return String(value.dropFirst(7).drop { $0 == " " })
    }
}
