/// What the fields of one head say about the connection and the body, with every contradiction refused.
struct HeadMeaning {
    private(set) var host: ByteRange?
    private var length: Int?
    private var codings = TransferCodings()
    private var asksToClose = false
    private var asksToKeepAlive = false
    private var asksToContinue = false

    /// Reads the fields a parser must understand and leaves all others alone.
    init(_ fields: [FieldLine], in bytes: Span<UInt8>) throws(RequestError) {
        for field in fields {
            let name = field.name.range
            switch name.count {
            case 4 where bytes.holds(lowercase: "host", at: name):
                try addHost(field.value, in: bytes)
            case 6 where bytes.holds(lowercase: "expect", at: name):
                try addExpectation(field.value.range, in: bytes)
            case 10 where bytes.holds(lowercase: "connection", at: name):
                try addConnection(field.value.range, in: bytes)
            case 14 where bytes.holds(lowercase: "content-length", at: name):
                guard length == nil else { throw .repeatedContentLength }
                length = try BodyFraming.contentLength(field.value.range, in: bytes)
            case 17 where bytes.holds(lowercase: "transfer-encoding", at: name):
                try codings.add(field.value.range, in: bytes)
            default: continue
            }
        }
    }

    func isKeepAlive(_ version: Version) -> Bool {
        !asksToClose && (version == .http11 || asksToKeepAlive)
    }

    /// An expectation of a 1.0 client is to be ignored, and without a body there is nothing to continue with
    /// (RFC 9110 §10.1.1).
    func expectsContinue(_ version: Version, _ framing: BodyFraming) -> Bool {
        asksToContinue && version == .http11 && framing.hasBody
    }

    func checkHost(_ version: Version) throws(RequestError) {
        if host == nil, version == .http11 { throw .missingHost }
    }

    func framing(_ version: Version, limit: Int) throws(RequestError) -> BodyFraming {
        if codings.isPresent {
            if version == .http10 { throw .transferEncodingInHTTP10 }
            if length != nil { throw .lengthAndTransferEncoding }
            try codings.check()
            return .chunked
        }
        guard let length else { return .none }
        guard length <= limit else { throw .bodyTooLarge }
        return .length(length)
    }

    private mutating func addHost(_ value: ByteRange, in bytes: Span<UInt8>) throws(RequestError) {
        guard host == nil else { throw .repeatedHost }
        guard !value.isEmpty else { throw .emptyHost }
        switch Authority.check(value.range, in: bytes) {
        case .valid: host = value
        case .userinfo: throw .userinfo
        case .invalid: throw .invalidHost
        }
    }

    private mutating func addExpectation(_ value: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) {
        var list = ListCursor(value)
        while let expectation = list.next(in: bytes) {
            guard bytes.holds(lowercase: "100-continue", at: expectation) else { throw .unknownExpectation }
            asksToContinue = true
        }
    }

    private mutating func addConnection(_ value: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) {
        var list = ListCursor(value)
        while let option = list.next(in: bytes) {
            for index in option where !ByteSet.token.contains(bytes[index]) { throw .invalidConnection }
            if bytes.holds(lowercase: "close", at: option) { asksToClose = true }
            if bytes.holds(lowercase: "keep-alive", at: option) { asksToKeepAlive = true }
        }
    }
}
