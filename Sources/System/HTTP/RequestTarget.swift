/// A request target taken apart; nothing is decoded (RFC 9112 §3.2).
struct RequestTarget: Equatable, Sendable {
    let form: TargetForm
    let whole: ByteRange
    let authority: ByteRange?
    let path: ByteRange
    let query: ByteRange?

    init(_ range: Range<Int>, method: Method, in bytes: Span<UInt8>) throws(RequestError) {
        let first = bytes[range.lowerBound]
        if method == .connect {
            try self.init(authorityForm: range, in: bytes)
        } else if first == .slash {
            let query = try RequestTarget.split(range, in: bytes)
            self.init(.origin, range, authority: nil, path: query.path, query: query.query)
        } else if range.count == 1, first == UInt8(ascii: "*") {
            guard method == .options else { throw .asteriskWithoutOptions }
            self.init(.asterisk, range, authority: nil, path: range, query: nil)
        } else {
            try self.init(absoluteForm: range, method: method, in: bytes)
        }
    }

    private init(
        _ form: TargetForm, _ whole: Range<Int>, authority: Range<Int>?, path: Range<Int>, query: Range<Int>?
    ) {
        self.form = form
        self.whole = ByteRange(whole)
        self.authority = authority.map(ByteRange.init)
        self.path = ByteRange(path)
        self.query = query.map(ByteRange.init)
    }

    private init(authorityForm range: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) {
        guard case .valid(let port) = Authority.check(range, in: bytes), let port, !port.isEmpty else {
            throw .invalidTarget
        }
        self.init(.authority, range, authority: range, path: range.upperBound..<range.upperBound, query: nil)
    }

    private init(absoluteForm range: Range<Int>, method: Method, in bytes: Span<UInt8>) throws(RequestError) {
        guard let slashes = RequestTarget.endOfScheme(range, in: bytes) else { throw .invalidTarget }
        var end = slashes + 2
        while end < range.upperBound, bytes[end] != .slash, bytes[end] != .question { end += 1 }
        let authority = slashes + 2..<end
        switch Authority.check(authority, in: bytes) {
        case .valid: break
        case .userinfo: throw .userinfo
        case .invalid: throw .invalidTarget
        }
        let rest = try RequestTarget.split(end..<range.upperBound, in: bytes)
        // An empty path means "/" (RFC 9110 §4.2.3), for OPTIONS "*"; the slash of "://" lends itself as that path.
        let asterisk = rest.path.isEmpty && rest.query == nil && method == .options
        let path = rest.path.isEmpty ? slashes..<slashes + 1 : rest.path
        self.init(asterisk ? .asterisk : .absolute, range, authority: authority, path: path, query: rest.query)
    }

    /// Where the two slashes of `http://` or `https://` begin.
    private static func endOfScheme(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        guard let colon = bytes.firstIndex(of: .colon, in: range), colon + 2 < range.upperBound,
            bytes[colon + 1] == .slash, bytes[colon + 2] == .slash
        else { return nil }
        let scheme = range.lowerBound..<colon
        let isKnown = bytes.holds(lowercase: "http", at: scheme) || bytes.holds(lowercase: "https", at: scheme)
        return isKnown ? colon + 1 : nil
    }

    /// Divides at the first `?` and refuses bytes that no target may have. A broken percent-encoding is refused in
    /// the path, where it decides what is served; a query is the reader's business.
    private static func split(
        _ range: Range<Int>, in bytes: Span<UInt8>
    ) throws(RequestError) -> (path: Range<Int>, query: Range<Int>?) {
        var mark = range.upperBound
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard ByteSet.target.contains(byte) else { throw byte == .hash ? .fragment : .invalidTarget }
            if byte == .question {
                mark = min(mark, index)
            } else if byte == .percent, mark == range.upperBound {
                try PercentEncoding.check(at: index, to: range.upperBound, in: bytes)
            }
            index &+= 1
        }
        return (range.lowerBound..<mark, mark < range.upperBound ? mark + 1..<range.upperBound : nil)
    }
}
