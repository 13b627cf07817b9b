/// Writes the elements of one array; made by `JSONWriter.array`.
public struct JSONArrayWriter: ~Copyable, Sendable {
    private var writer: JSONWriter
    private var isEmpty = true

    init(continuing bytes: consuming [UInt8]) {
        writer = JSONWriter(continuing: bytes)
        writer.bytes.append(UInt8(ascii: "["))
    }

    /// An element; nil is written as `null`.
    public mutating func element(_ value: some JSONWritable) {
        begin()
        writer.write(value)
    }

    /// A `null`.
    public mutating func null() {
        begin()
        writer.null()
    }

    /// An element that is an object.
    public mutating func object(_ body: (inout JSONObjectWriter) -> Void) {
        begin()
        writer.object(body)
    }

    /// An element that is an array.
    public mutating func array(_ body: (inout JSONArrayWriter) -> Void) {
        begin()
        writer.array(body)
    }

    consuming func finish() -> [UInt8] {
        writer.bytes.append(UInt8(ascii: "]"))
        return writer.finish()
    }

    private mutating func begin() {
        if !isEmpty { writer.bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
    }
}
