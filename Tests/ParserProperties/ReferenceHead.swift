/// A head taken apart in the plainest way, with no eye on speed or order of arrival: what the parser is held against.
struct ReferenceHead {
    struct Field {
        let name: String
        /// The name in lower case.
        let key: String
        let value: String
    }

    let emptyLines: Int
    let requestLine: [UInt8]
    let fields: [Field]
    /// The bytes from the first field line on.
    let sectionBytes: Int

    /// Reads bytes that the parser has accepted as one head.
    init(_ head: ArraySlice<UInt8>) throws(Violation) {
        let end = [UInt8]("\r\n\r\n".utf8)
        try Violation.unless(head.suffix(4).elementsEqual(end), "a head does not end with an empty line")
        var lines: [ArraySlice<UInt8>] = []
        for line in head.dropLast(1).split(separator: 0x0A, omittingEmptySubsequences: false) {
            try Violation.unless(line.last == 0x0D, "a line of a head ends with LF alone")
            try Violation.unless(line.dropLast().allSatisfy(Self.isText), "a control character in a line")
            lines.append(line.dropLast())
        }
        emptyLines = lines.prefix { $0.isEmpty }.count
        let filled = lines.dropFirst(emptyLines).dropLast()
        try Violation.unless(filled.allSatisfy { !$0.isEmpty }, "a head goes on after an empty line")
        requestLine = Array(filled.first ?? [])
        var fields: [Field] = []
        for line in filled.dropFirst() { fields.append(try Field(line)) }
        self.fields = fields
        sectionBytes = filled.dropFirst().reduce(2) { $0 + $1.count + 2 }
    }

    /// The values of a name in lower case.
    func values(of key: String) -> [String] {
        fields.filter { $0.key == key }.map(\.value)
    }

    /// The elements of all lists under a name in lower case, themselves in lower case.
    func list(_ key: String) -> [String] {
        values(of: key).flatMap { value in
            value.lowercased().utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                .map { String(decoding: ReferenceHead.trimmed(Array($0)[...]), as: UTF8.self) }
        }
    }

    static func isText(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }

    static func isToken(_ text: String) -> Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: marks.contains(byte)
                }
            }
    }

    fileprivate static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
        return bytes
    }
}

extension ReferenceHead.Field {
    fileprivate init(_ line: ArraySlice<UInt8>) throws(Violation) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw Violation(description: "a field line without a colon")
        }
        name = String(decoding: line[..<colon], as: UTF8.self)
        key = name.lowercased()
        value = String(decoding: ReferenceHead.trimmed(line[(colon + 1)...]), as: UTF8.self)
        try Violation.unless(ReferenceHead.isToken(name), "a field name that is no token: \(name)")
    }
}
