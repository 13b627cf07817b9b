/// The fields of a response in order, kept as the very bytes that will be sent, so that encoding them is one copy.
///
/// Response splitting is impossible by construction: a name is a token by type, and every byte of a value that
/// could end a line or is no text (CR, LF, NUL, other controls) becomes a space, which RFC 9110 §5.5 names as the
/// way to keep such a value. Date, Connection and the framing fields belong to ``ResponseEncoder``; they are not
/// taken up here.
public struct HeaderFields: Sendable, Equatable {
    /// `Name: value CRLF`, repeated.
    var bytes: [UInt8] = []

    /// No fields.
    public init() {}

    /// Whether there are no fields.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Appends a field, besides any others of that name; a field that belongs to the encoder is left out.
    public mutating func add(_ name: FieldName, _ value: String) {
        guard !name.belongsToEncoder else { return }
        reserve()
        bytes.append(contentsOf: name.beginning)
        let start = bytes.count
        value.utf8Span.span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        for index in start..<bytes.count where bytes[index].isForbiddenControl { bytes[index] = .space }
        bytes.append(contentsOf: Self.lineEnd)
    }

    private static let lineEnd: [UInt8] = [.carriageReturn, .lineFeed]

    /// Appends all fields of `others`, besides any of the same names: one copy, since they are rendered already.
    public mutating func add(_ others: HeaderFields) {
        reserve()
        bytes.append(contentsOf: others.bytes)
    }

    /// Room for what most responses carry, so that a field after the other does not mean a copy after the other.
    private mutating func reserve() {
        if bytes.isEmpty { bytes.reserveCapacity(512) }
    }

    /// Makes this the only field of its name.
    public mutating func set(_ name: FieldName, _ value: String) {
        remove(name)
        add(name, value)
    }

    /// Removes every field of this name.
    public mutating func remove(_ name: FieldName) {
        var start = 0
        while let line = line(named: name, from: start) {
            bytes.removeSubrange(line.start..<line.end)
            start = line.start
        }
    }

    /// The first value of this name.
    public func first(_ name: FieldName) -> String? {
        line(named: name, from: 0).map { bytes.span.text($0.value) }
    }

    /// Every value of this name, in order.
    public func values(of name: FieldName) -> [String] {
        var values: [String] = []
        var start = 0
        while let line = line(named: name, from: start) {
            values.append(bytes.span.text(line.value))
            start = line.end
        }
        return values
    }

    /// Visits all fields in order.
    public func forEachField<Failure: Error>(
        _ body: (_ name: String, _ value: String) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        while let line = line(from: start) {
            try body(bytes.span.text(line.start..<line.colon), bytes.span.text(line.value))
            start = line.end
        }
    }

    struct Line {
        let start: Int
        let colon: Int
        /// Behind the LF.
        let end: Int

        var value: Range<Int> { colon + 2..<end - 2 }
    }

    func line(named name: FieldName, from position: Int) -> Line? {
        let wanted = name.text.utf8.span
        var start = position
        while let line = line(from: start) {
            if bytes.span.equals(wanted, at: line.start..<line.colon, ignoringCase: true) { return line }
            start = line.end
        }
        return nil
    }

    private func line(from start: Int) -> Line? {
        let span = bytes.span
        guard let colon = span.firstIndex(of: .colon, in: start..<span.count),
            let end = span.firstIndex(of: .lineFeed, in: colon..<span.count)
        else { return nil }
        return Line(start: start, colon: colon, end: end + 1)
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// Fields in the order of the literal; equal names stay side by side.
    public init(dictionaryLiteral fields: (FieldName, String)...) {
        for (name, value) in fields { add(name, value) }
    }
}
