public import JSON

/// A whole HTTP response, as it came over the wire.
public struct Answer: Sendable {
    /// The status code.
    public let status: Int
    /// The content.
    public let body: [UInt8]
    private let fields: [(name: String, value: String)]

    /// Reads what came until the connection was closed. Throws when the body is not as long as announced.
    init(_ received: [UInt8], isBodiless: Bool) throws {
        guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw Failure("no whole head in \(received.count) bytes")
        }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let line = lines.first, line.hasPrefix("HTTP/1.1 "), let status = Int(line.dropFirst(9).prefix(3)) else {
            throw Failure("no status line: \(lines.first ?? "")")
        }
        self.status = status
        fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        body = Array(received[end.upperBound...])
        let announced = self["Content-Length"].flatMap { Int($0) } ?? 0
        guard isBodiless || body.count == announced else {
            throw Failure("\(body.count) bytes of a body of \(announced)")
        }
    }

    /// The value of the only field of that name.
    public subscript(name: String) -> String? {
        let values = fields.filter { $0.name == name.lowercased() }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }

    /// The content read as JSON; throws when it is none.
    public var json: JSONValue {
        get throws { try JSONParser().parse(body) }
    }
}
