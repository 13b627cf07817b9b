extension ClientRequest {
    /// Fields that frame the message: two parties writing them is how requests get smuggled (RFC 9112, 11.2).
    private static let reserved = ["Content-Length", "Transfer-Encoding", "Expect"]

    /// Refuses what could break out of the request line or a header field, or would be sent differently from how
    /// it reads.
    func validate() throws(HTTPClientError) {
        guard method.isToken, method != "CONNECT" else { throw .invalidRequest("the method is not allowed") }
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .invalidRequest("the address holds a blank, a control character or non-ASCII text")
        }
        guard origin != nil else { throw .invalidRequest("the address is not an absolute http or https one") }
        for field in headers.fields {
            guard field.name.isToken else { throw .invalidRequest("a header name is not a token") }
            guard field.value.isFieldValue else {
                throw .invalidRequest("the value of header \(field.name) holds a control character")
            }
            if Self.reserved.contains(where: { $0.equalsIgnoringASCIICase(field.name) }) {
                throw .invalidRequest("header \(field.name) is the client's to write")
            }
        }
        guard timeout > .zero, idleTimeout ?? timeout > .zero else {
            throw .invalidRequest("a time limit is not positive")
        }
    }

    /// Scheme and authority in lower case, the key by which connections are shared: `https://host:443`. Nil when
    /// the address is not an absolute `http` or `https` one.
    var origin: String? {
        let lowered = url.utf8.map(\.asciiLowercased)
        for scheme in ["http://", "https://"] where lowered.starts(with: scheme.utf8) {
            let rest = lowered.dropFirst(scheme.utf8.count)
            let authority = rest.prefix { !"/?#\\".utf8.contains($0) }
            guard !authority.isEmpty else { return nil }
            return scheme + String(decoding: authority, as: UTF8.self)
        }
        return nil
    }

    var isEncrypted: Bool { origin?.hasPrefix("https:") ?? false }
}

extension String {
    /// A token: the alphabet of methods and field names (RFC 9110, 5.6.2).
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// No control character but the tab (RFC 9110, 5.5): above all no CR, LF or NUL.
    var isFieldValue: Bool {
        utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }
}
