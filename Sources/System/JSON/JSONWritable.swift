/// Something that can be written as one JSON value.
///
/// A type of the product conforms to appear in responses: an identifier writes itself as a string, a job as an
/// object by `writer.object { … }`.
public protocol JSONWritable {
    /// Appends exactly one value.
    func write(to writer: inout JSONWriter)
}

extension String: JSONWritable {
    /// Appends a string.
    public func write(to writer: inout JSONWriter) { writer.append(string: self) }
}

extension Substring: JSONWritable {
    /// Appends a string.
    public func write(to writer: inout JSONWriter) { writer.append(string: String(self)) }
}

extension Bool: JSONWritable {
    /// Appends `true` or `false`.
    public func write(to writer: inout JSONWriter) { writer.append(token: self ? "true" : "false") }
}

extension Int: JSONWritable {
    /// Appends an integer.
    public func write(to writer: inout JSONWriter) { writer.append(integer: self) }
}

extension Int64: JSONWritable {
    /// Appends an integer.
    public func write(to writer: inout JSONWriter) { writer.append(integer: Int(self)) }
}

extension Int32: JSONWritable {
    /// Appends an integer.
    public func write(to writer: inout JSONWriter) { writer.append(integer: Int(self)) }
}

extension Double: JSONWritable {
    /// Appends the shortest text that reads back as this double, `1.0` for 1, and `null` for NaN and infinities.
    public func write(to writer: inout JSONWriter) { writer.append(double: self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    /// Appends the value, or `null`.
    public func write(to writer: inout JSONWriter) {
        if let self { self.write(to: &writer) } else { writer.null() }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    /// Appends an array.
    public func write(to writer: inout JSONWriter) {
        writer.array { array in
            for element in self { array.element(element) }
        }
    }
}

extension JSONDecimal: JSONWritable {
    /// Appends the number as it was written.
    public func write(to writer: inout JSONWriter) { writer.append(verbatim: text) }
}

extension JSONObject: JSONWritable {
    /// Appends an object.
    public func write(to writer: inout JSONWriter) {
        writer.object { object in
            for entry in entries { object.field(entry.key, entry.value) }
        }
    }
}

extension JSONValue: JSONWritable {
    /// Appends the value.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): value.write(to: &writer)
        case .integer(let value): value.write(to: &writer)
        case .decimal(let value): value.write(to: &writer)
        case .string(let value): value.write(to: &writer)
        case .array(let value): value.write(to: &writer)
        case .object(let value): value.write(to: &writer)
        }
    }
}
