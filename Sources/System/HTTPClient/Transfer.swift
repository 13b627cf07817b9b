import CLibcurl
import EventLoop

/// One request on its way: libcurl's handle, what has come of the response, and the task that waits for it.
/// libcurl holds its address while the handle is in a multi handle; `HTTPClient` keeps it alive for that time.
final class Transfer: @unchecked Sendable {
    // Safety: touched on the client's loop only; cancellation hops there first.

    /// How the body is handed over.
    enum Delivery {
        /// At the end, in one piece.
        case whole
        /// As it comes; libcurl is held back while so many bytes wait for their reader.
        case pieces(window: Int)
    }

    /// Where the transfer stands with its client.
    enum Phase {
        case waiting
        case running
        case ended
    }

    let request: ClientRequest
    let host: String
    var phase = Phase.waiting
    var totalTimer: TimerToken?
    var idleTimer: TimerToken?
    /// When a byte last went either way, or the reader last took something.
    private(set) var lastActivity = MonotonicTime.now
    /// Whether libcurl is held back.
    private(set) var isPaused = false
    /// How it ended; nil while it goes on.
    private(set) var outcome: Result<Void, HTTPClientError>?

    private let easy: EasyHandle
    private let configuration: HTTPClientConfiguration
    private let delivery: Delivery
    private var reader = ResponseHeadReader()
    private var body: [UInt8] = []
    private var bodyBytes = 0
    private var hasResponseBytes = false
    private var uploadedBytes = 0
    private var isOverLimit = false
    private var waiter: CheckedContinuation<Void, Never>?

    /// Prepares the handle; `request` must be valid and `host` be its origin.
    init(
        _ request: ClientRequest, host: String, configuration: HTTPClientConfiguration, delivery: Delivery
    ) throws(HTTPClientError) {
        var easy = try EasyHandle.open()
        try easy.apply(configuration)
        try easy.apply(request, maxResponseBytes: configuration.maxResponseBytes)
        self.easy = easy
        self.request = request
        self.host = host
        self.configuration = configuration
        self.delivery = delivery
        let context = Unmanaged.passUnretained(self).toOpaque()
        try EasyHandle.check(clibcurl_on_header(pointer, headerArrived, context))
        try EasyHandle.check(clibcurl_on_body(pointer, bodyArrived, context))
    }

    /// libcurl's name for this transfer.
    var pointer: OpaquePointer { easy.pointer }

    /// The response's head, once it is complete.
    var head: ClientResponseHead? { reader.head }

    // MARK: The waiting task

    /// Suspends until something has changed.
    func waitForChange() async {
        precondition(waiter == nil, "one task waits for a transfer")
        await withCheckedContinuation { waiter = $0 }
    }

    private func wake() {
        let waiting = waiter
        waiter = nil
        waiting?.resume()
    }

    /// Takes the body bytes that have come since the last time.
    func takeBody() -> [UInt8] {
        let taken = body
        body = []
        return taken
    }

    var hasBody: Bool { !body.isEmpty }

    /// What the server has shown; see `ClientResponse.serverChain`.
    var serverChain: [String] { easy.serverChain }

    /// Lets libcurl go on after the reader has taken what was there. libcurl may hand over more at once.
    func resume() -> CURLcode {
        guard isPaused else { return CURLE_OK }
        isPaused = false
        lastActivity = .now
        return curl_easy_pause(pointer, CURLPAUSE_CONT)
    }

    // MARK: The end

    /// Ends the transfer by what libcurl says.
    func end(_ code: CURLcode) {
        if isOverLimit { return end(.failure(.tooLarge(limit: configuration.maxResponseBytes))) }
        let isWhole = if case .whole = delivery { true } else { false }
        let ending = TransferEnding(
            code: code, text: easy.errorText, status: head?.status, partial: isWhole ? body : [],
            hasResponseBytes: hasResponseBytes, isFreshConnection: easy.number(CURLINFO_NUM_CONNECTS) > 0,
            isEncrypted: request.isEncrypted, hasIdentity: configuration.tls.identity != nil,
            limit: configuration.maxResponseBytes)
        end(ending.result)
    }

    /// Ends the transfer; the first outcome stays. What a failure leaves behind can still be taken by the reader
    /// of a stream, unless the caller itself gave up.
    func end(_ outcome: Result<Void, HTTPClientError>) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        switch outcome {
        case .failure(.cancelled), .failure(.closed): body = []
        default: break
        }
        wake()
    }

    /// Whether nothing has moved for `limit` at `now`. Sent bytes are looked up here rather than watched.
    func isIdle(for limit: Duration, at now: MonotonicTime) -> Bool {
        let uploaded = easy.offset(CURLINFO_SIZE_UPLOAD_T)
        if isPaused || uploaded != uploadedBytes {
            uploadedBytes = uploaded
            lastActivity = now
        }
        return now - lastActivity >= limit
    }

    // MARK: What libcurl hands over, from within its calls

    /// Returns false to end the transfer.
    fileprivate func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
        lastActivity = .now
        hasResponseBytes = true
        let isComplete = reader.head != nil
        guard reader.take(line) else {
            isOverLimit = true
            return false
        }
        if !isComplete, reader.head != nil { wakeReader() }
        return true
    }

    fileprivate enum Reception {
        case taken
        case later
        case refused
    }

    fileprivate func receive(body bytes: UnsafeRawBufferPointer) -> Reception {
        lastActivity = .now
        if case .pieces(let window) = delivery, body.count >= window {
            isPaused = true
            return .later
        }
        bodyBytes += bytes.count
        guard bodyBytes <= configuration.maxResponseBytes else {
            isOverLimit = true
            return .refused
        }
        body.append(contentsOf: bytes)
        wakeReader()
        return .taken
    }

    /// The caller of `send` has no use for a part of a response.
    private func wakeReader() {
        if case .pieces = delivery { wake() }
    }
}

/// `CURLOPT_HEADERFUNCTION`: one line of the head. Any count but the one given ends the transfer.
private func headerArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.receive(headerLine: line) ? line.count : 0
}

/// `CURLOPT_WRITEFUNCTION`: a part of the body, never empty but for an empty body.
private func bodyArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    switch transfer.receive(body: piece) {
    case .taken: return piece.count
    case .later: return Int(CURL_WRITEFUNC_PAUSE)
    case .refused: return 0
    }
}
