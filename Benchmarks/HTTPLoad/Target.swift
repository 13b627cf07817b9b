/// A numeric IPv4 address with a port.
struct Target: Equatable, CustomStringConvertible, Sendable {
    let host: String
    let port: UInt16

    /// Reads `127.0.0.1:8080`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 2, numbers.count == 4, !numbers.contains(nil), let port = UInt16(parts[1]) else {
            return nil
        }
        host = String(parts[0])
        self.port = port
    }

    var description: String { "\(host):\(port)" }
}
