import CLibcurl
import EventLoop

/// One libcurl easy handle with what must live as long as it: the header list and the buffer for error words.
/// It must be out of its multi handle when it goes.
struct EasyHandle: ~Copyable {
    let pointer: OpaquePointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let errorWords: UnsafeMutablePointer<CChar>

    static func open() throws(HTTPClientError) -> EasyHandle {
        guard let pointer = curl_easy_init() else { throw .connect("libcurl is out of memory") }
        return EasyHandle(owning: pointer)
    }

    private init(owning pointer: OpaquePointer) {
        self.pointer = pointer
        errorWords = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorWords.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let status = clibcurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorWords)
        precondition(status == CURLE_OK, "curl_easy_setopt: no error buffer")
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        errorWords.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try Self.check(clibcurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ isOn: Bool) throws(HTTPClientError) {
        try set(option, isOn ? 1 : 0)
    }

    /// `value` must not hold a NUL.
    func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
        try Self.check(clibcurl_set_string(pointer, option, value))
    }

    func set(offset option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try Self.check(clibcurl_set_offset(pointer, option, curl_off_t(value)))
    }

    /// In milliseconds, at least one: zero would mean libcurl's default.
    func set(_ option: CURLoption, _ value: Duration) throws(HTTPClientError) {
        try set(option, Int(max(1, value.wholeNanoseconds / 1_000_000)))
    }

    func set(body: [UInt8]) throws(HTTPClientError) {
        // An empty array has no address, which libcurl would read as "no body set".
        let bytes = body.isEmpty ? [0] : body
        try Self.check(clibcurl_set_body(pointer, bytes, curl_off_t(body.count)))
    }

    /// Each line in libcurl's notation: `Name: value`, `Name;` for an empty value, `Name:` for leaving it out.
    mutating func set(headerLines: [String]) throws(HTTPClientError) {
        for line in headerLines {
            guard let longer = curl_slist_append(headers, line) else { throw .connect("libcurl is out of memory") }
            headers = longer
        }
        try Self.check(clibcurl_set_headers(pointer, headers))
    }

    /// The words for the last failure; empty when there are none.
    var errorText: String { String(cString: errorWords) }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        let status = clibcurl_get_long(pointer, info, &value)
        precondition(status == CURLE_OK, "curl_easy_getinfo: no such number")
        return value
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        let status = clibcurl_get_offset(pointer, info, &value)
        precondition(status == CURLE_OK, "curl_easy_getinfo: no such offset")
        return Int(value)
    }

    /// What the server has shown when the connection was made, its own certificate first, each in PEM. Empty without
    /// `CURLOPT_CERTINFO`, without TLS, and on a connection that was there already.
    var serverChain: [String] {
        var found: UnsafeMutablePointer<curl_certinfo>?
        guard clibcurl_get_certificates(pointer, &found) == CURLE_OK, let all = found?.pointee.certinfo else {
            return []
        }
        return (0..<Int(found?.pointee.num_of_certs ?? 0)).compactMap { Self.certificate(in: all[$0]) }
    }

    /// libcurl tells each certificate as lines `name:value`.
    private static func certificate(in list: UnsafeMutablePointer<curl_slist>?) -> String? {
        let name = "Cert:"
        var next = list
        while let entry = next {
            let line = String(cString: entry.pointee.data)
            if line.hasPrefix(name) { return String(line.dropFirst(name.count)) }
            next = entry.pointee.next
        }
        return nil
    }

    static func check(_ status: CURLcode) throws(HTTPClientError) {
        guard status != CURLE_OK else { return }
        throw .invalidRequest("libcurl refused an option: \(String(cString: curl_easy_strerror(status)))")
    }
}
