/// The body of a form (WHATWG URL standard, application/x-www-form-urlencoded), with blanks as `%20`.
enum FormBody {
    /// The type to be sent with it.
    static let contentType = "application/x-www-form-urlencoded"

    /// Writes the fields in their order.
    static func encode(_ fields: [(String, String)]) -> [UInt8] {
        Array(fields.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&").utf8)
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986, 2.3).
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            if isPlain || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
