/// An answer as it came over the wire.
public struct RawHTTPResponse: Sendable {
    /// The status line without its line end.
    public let statusLine: String
    /// Names in lower case, values as they came, in order.
    public let fields: [(name: String, value: String)]
    /// The content.
    public let body: [UInt8]

    init(head: String, body: [UInt8]) throws {
        let lines = head.split(separator: "\r\n")
        guard let first = lines.first else { throw RawHTTPError.malformed(head) }
        statusLine = String(first)
        fields = try lines.dropFirst().map { line in
            guard let colon = line.firstIndex(of: ":") else { throw RawHTTPError.malformed(String(line)) }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        self.body = body
    }

    /// The status code; 0 when there is none.
    public var status: Int {
        let words = statusLine.split(separator: " ")
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }

    /// The content as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of a field that stands there once; several are joined by commas.
    public subscript(name: String) -> String? {
        let values = fields.filter { $0.name == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}

/// Why no answer could be read.
public enum RawHTTPError: Error, Sendable {
    /// The connection ended before the answer did; what had come of it.
    case cutOff(String)
    /// Bytes that are no answer.
    case malformed(String)
}
