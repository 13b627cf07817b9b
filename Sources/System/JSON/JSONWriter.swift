/// Writes compact UTF-8 JSON straight into bytes. Only quotes, backslashes and control characters are escaped.
///
///     let body = JSONWriter.object {
///         $0.field("status", "ok")
///         $0.field("rows", 3)
///         $0.array("cells") { for cell in cells { $0.element(cell) } }
///     }
///
/// The writer keeps the text well-formed by its shape, but leaves it to the caller not to repeat a key and, for raw
/// parts, that they are JSON.
public struct JSONWriter: ~Copyable, Sendable {
    var bytes: [UInt8] = []

    /// A writer with nothing written and room for `capacity` bytes.
    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    init(continuing bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    /// The text of one object. `capacity` is the expected size in bytes.
    public static func object(capacity: Int = 256, _ body: (inout JSONObjectWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        writer.object(body)
        return writer.finish()
    }

    /// The text of one array. `capacity` is the expected size in bytes.
    public static func array(capacity: Int = 256, _ body: (inout JSONArrayWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        writer.array(body)
        return writer.finish()
    }

    /// Appends a value.
    public mutating func write(_ value: some JSONWritable) {
        value.write(to: &self)
    }

    /// Appends `null`.
    public mutating func null() {
        append(token: "null")
    }

    /// Appends an object.
    public mutating func object(_ body: (inout JSONObjectWriter) -> Void) {
        var object = JSONObjectWriter(continuing: takeBytes())
        body(&object)
        bytes = object.finish()
    }

    /// Appends an array.
    public mutating func array(_ body: (inout JSONArrayWriter) -> Void) {
        var array = JSONArrayWriter(continuing: takeBytes())
        body(&array)
        bytes = array.finish()
    }

    /// What was written.
    public consuming func finish() -> [UInt8] {
        bytes
    }

    /// Moves the bytes out, so that the nested writer appends to them without a copy.
    private mutating func takeBytes() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }
}
