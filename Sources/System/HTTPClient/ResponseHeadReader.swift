/// Puts a response's head together from the lines that libcurl hands over one by one. Interim responses (1xx) are
/// dropped, and so are trailers.
struct ResponseHeadReader {
    /// The final head, once its last line has come.
    private(set) var head: ClientResponseHead?
    private var status = 0
    private var headers = ClientHeaders()
    private var byteCount = 0
    private static let maxBytes = 64 << 10

    /// Takes one line with its line end. Returns false when the head is larger than 64 KiB.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        if head != nil { return true }
        byteCount += line.count
        guard byteCount <= Self.maxBytes else { return false }
        let text = line.prefix { $0 != 0x0D && $0 != 0x0A }
        if text.isEmpty {
            // A status below 200 announces that another head follows.
            if status >= 200 { head = ClientResponseHead(status: status, headers: headers) }
        } else if text.starts(with: "HTTP/".utf8) {
            status = Self.status(in: text)
            headers = ClientHeaders()
        } else if let first = text.first, first == 0x20 || first == 0x09 {
            headers.extendLast(with: Self.trimmed(text))
        } else if let colon = text.firstIndex(of: 0x3A) {
            headers.append(Self.trimmed(text[..<colon]), Self.trimmed(text[(colon + 1)...]))
        }
        return true
    }

    private static func status(in line: Slice<UnsafeRawBufferPointer>) -> Int {
        let digits = line.drop { $0 != 0x20 }.drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }.prefix(3)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        let blanks = start.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
        return String(decoding: start.dropLast(blanks), as: UTF8.self)
    }
}
