/// One event of an event stream (WHATWG HTML §9.2, "Server-sent events").
public struct ServerSentEvent: Sendable, Equatable {
    /// What the client dispatches it as; nil stands for `message`.
    public var name: String?
    /// The payload. Line breaks of any kind arrive as LF.
    public var data: String
    /// What the client sends as `Last-Event-ID` when it connects again.
    public var id: String?
    /// How long the client waits before it connects again.
    public var retry: Duration?

    /// An event.
    public init(_ data: String, name: String? = nil, id: String? = nil, retry: Duration? = nil) {
        self.name = name
        self.data = data
        self.id = id
        self.retry = retry
    }

    /// The event as it is sent. A line break in name or id would begin another field, and NUL makes clients ignore
    /// an id, so these characters are left out.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        if let name { Self.append("event", name, to: &bytes) }
        if let id { Self.append("id", id, to: &bytes) }
        if let retry {
            let (seconds, attoseconds) = retry.components
            Self.append("retry", String(max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000)), to: &bytes)
        }
        Self.append(lines: data, to: &bytes)
        bytes.append(Self.lineFeed)
        return bytes
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func append(_ field: String, _ value: String, to bytes: inout [UInt8]) {
        bytes += field.utf8
        bytes += ": ".utf8
        bytes += value.utf8.filter { $0 != lineFeed && $0 != carriageReturn && $0 != 0 }
        bytes.append(lineFeed)
    }

    /// One `data` field for each line: CR LF, LF and CR all end one.
    private static func append(lines data: String, to bytes: inout [UInt8]) {
        let label = Array("data: ".utf8)
        bytes += label
        var previous: UInt8 = 0
        for byte in data.utf8 {
            defer { previous = byte }
            if byte == lineFeed, previous == carriageReturn { continue }
            if byte == lineFeed || byte == carriageReturn {
                bytes.append(lineFeed)
                bytes += label
            } else {
                bytes.append(byte)
            }
        }
        bytes.append(lineFeed)
    }
}
