/// Writes the members of one object; made by `JSONWriter.object`.
public struct JSONObjectWriter: ~Copyable, Sendable {
    private var writer: JSONWriter
    private var isEmpty = true

    init(continuing bytes: consuming [UInt8]) {
        writer = JSONWriter(continuing: bytes)
        writer.bytes.append(UInt8(ascii: "{"))
    }

    /// A member; nil is written as `null`.
    public mutating func field(_ key: String, _ value: some JSONWritable) {
        begin(key)
        writer.write(value)
    }

    /// A member, or nothing if the value is nil.
    public mutating func field(_ key: String, ifPresent value: (some JSONWritable)?) {
        if let value { field(key, value) }
    }

    /// A member whose value is `null`.
    public mutating func null(_ key: String) {
        begin(key)
        writer.null()
    }

    /// A member whose value is an object.
    public mutating func object(_ key: String, _ body: (inout JSONObjectWriter) -> Void) {
        begin(key)
        writer.object(body)
    }

    /// A member whose value is an array.
    public mutating func array(_ key: String, _ body: (inout JSONArrayWriter) -> Void) {
        begin(key)
        writer.array(body)
    }

    consuming func finish() -> [UInt8] {
        writer.bytes.append(UInt8(ascii: "}"))
        return writer.finish()
    }

    private mutating func begin(_ key: String) {
        if !isEmpty { writer.bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        writer.append(string: key)
        writer.bytes.append(UInt8(ascii: ":"))
    }
}
