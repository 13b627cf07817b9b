/// Writes the text form of an array whose elements may be any text (PostgreSQL manual, 8.15.6).
struct ArrayLiteral {
    private var bytes = [UInt8(ascii: "{")]

    mutating func appendNull() {
        separate()
        bytes.append(contentsOf: "NULL".utf8)
    }

    /// Quotes the element; quotes and backslashes in it are escaped.
    mutating func append(_ element: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Runs without anything to escape are copied whole.
        var start = 0
        for index in element.indices
        where element[index] == UInt8(ascii: "\"") || element[index] == UInt8(ascii: "\\") {
            bytes.append(contentsOf: element[start..<index])
            bytes.append(UInt8(ascii: "\\"))
            start = index
        }
        bytes.append(contentsOf: element[start...])
        bytes.append(UInt8(ascii: "\""))
    }

    var closed: [UInt8] { bytes + [UInt8(ascii: "}")] }

    private mutating func separate() {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    }
}
