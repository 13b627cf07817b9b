/// Takes the bytes of a stream of events in any pieces and gives the events (WHATWG HTML, 9.2.6). Lines end with CR,
/// LF or both; comments and unknown fields are skipped; an event that the stream's end cuts is dropped.
struct SSEReader: Sendable, Equatable {
    /// The stream holds a line or an event larger than `maximumBytes`.
    struct TooLong: Error, Equatable {}

    /// Largest line, and largest data of one event, in bytes.
    let maximumBytes: Int
    /// The pause before reconnecting that the stream asked for, in milliseconds; nobody reconnects here.
    private(set) var retryMilliseconds: Int?
    private var line: [UInt8] = []
    private var data: [UInt8]?
    private var name: String?
    private var id: String?
    private var isFirstLine = true
    private var followsCarriageReturn = false

    /// A reader at the start of a stream.
    init(maximumBytes: Int = 4 << 20) {
        self.maximumBytes = maximumBytes
    }

    /// Takes the next piece and returns the events that it completes.
    mutating func take(_ bytes: some Collection<UInt8>) throws(TooLong) -> [SSEEvent] {
        var events: [SSEEvent] = []
        for byte in bytes {
            let endsPair = followsCarriageReturn && byte == 0x0A
            followsCarriageReturn = byte == 0x0D
            if endsPair { continue }
            if byte == 0x0A || byte == 0x0D {
                if let event = try endLine() { events.append(event) }
            } else {
                guard line.count < maximumBytes else { throw TooLong() }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() throws(TooLong) -> SSEEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        if line.isEmpty { return dispatch() }
        let field = line.prefix { $0 != 0x3A }
        guard !field.isEmpty else { return nil }
        var value = line.dropFirst(field.count + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        try take(field: String(decoding: field, as: UTF8.self), value)
        return nil
    }

    private mutating func take(field: String, _ value: ArraySlice<UInt8>) throws(TooLong) {
        let text = String(decoding: field == "data" ? [] : value, as: UTF8.self)
        switch field {
        case "data":
            guard (data?.count ?? 0) + value.count < maximumBytes else { throw TooLong() }
            if data == nil { data = Array(value) } else { data? += [0x0A] + value }
        case "event": name = text.isEmpty ? nil : text
        case "id" where !value.contains(0): id = text
        case "retry" where text.utf8.allSatisfy({ (0x30...0x39).contains($0) }): retryMilliseconds = Int(text)
        default: break
        }
    }

    private mutating func dispatch() -> SSEEvent? {
        defer {
            data = nil
            name = nil
        }
        return data.map { SSEEvent(data: String(decoding: $0, as: UTF8.self), name: name, id: id) }
    }
}
