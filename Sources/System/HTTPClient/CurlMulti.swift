import CLibcurl
import EventLoop

/// libcurl's multi handle on a loop: libcurl names the sockets to watch and the time to wake it, the loop calls
/// it back (libcurl-multi(3), "multi_socket"). Confined to its loop.
final class CurlMulti {
    private let loop: EventLoop
    private var handle: OpaquePointer?
    private var watches: [curl_socket_t: SocketWatch] = [:]
    private var timer: TimerToken?
    /// Transfers whose socket the loop could not watch.
    private var unwatched: [(easy: OpaquePointer, error: SystemError)] = []
    /// Called each time libcurl has worked, never from within libcurl.
    var onProgress: () -> Void = {}

    init(on loop: EventLoop, maxIdleConnections: Int) throws(HTTPClientError) {
        if let failure = CurlLibrary.failure { throw .invalidConfiguration(failure) }
        guard let handle = curl_multi_init() else { throw .invalidConfiguration("libcurl is out of memory") }
        self.loop = loop
        self.handle = handle
        let context = Unmanaged.passUnretained(self).toOpaque()
        let statuses = [
            clibcurl_multi_on_socket(handle, socketChanged, context),
            clibcurl_multi_on_timer(handle, timerChanged, context),
            clibcurl_multi_set_long(handle, CURLMOPT_MAXCONNECTS, maxIdleConnections),
        ]
        guard statuses.allSatisfy({ $0 == CURLM_OK }) else { throw .invalidConfiguration("libcurl is too old") }
    }

    /// Without transfers nothing is watched any more, so this is safe on any thread.
    deinit {
        destroy()
    }

    /// Starts a transfer. Its handle must stay alive until `remove`.
    func add(_ easy: OpaquePointer) throws(HTTPClientError) {
        guard let handle else { throw .closed }
        let status = curl_multi_add_handle(handle, easy)
        guard status == CURLM_OK else { throw .connect(String(cString: curl_multi_strerror(status))) }
    }

    /// Ends a transfer; its connection is kept when the response was complete and closed otherwise. Not from
    /// within a libcurl callback.
    func remove(_ easy: OpaquePointer) {
        guard let handle else { return }
        let status = curl_multi_remove_handle(handle, easy)
        precondition(status == CURLM_OK, "curl_multi_remove_handle: \(status.rawValue)")
    }

    /// A transfer that libcurl is through with.
    func nextFinished() -> (easy: OpaquePointer, code: CURLcode)? {
        guard let handle else { return nil }
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            // The message is libcurl's and goes with the handle, so its parts are copied.
            if message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle {
                return (easy, message.pointee.data.result)
            }
        }
        return nil
    }

    /// A transfer that would never wake up, since its socket is not watched.
    func nextUnwatched() -> (easy: OpaquePointer, error: SystemError)? {
        unwatched.popLast()
    }

    /// Closes all connections. All transfers must have been removed.
    func close() {
        if let timer { loop.cancel(timer) }
        timer = nil
        for watch in watches.values { watch.end(on: loop) }
        watches = [:]
        destroy()
    }

    private func destroy() {
        guard let handle else { return }
        self.handle = nil
        // No calls back while the connections close: there is nothing left to watch.
        _ = clibcurl_multi_on_socket(handle, nil, nil)
        _ = clibcurl_multi_on_timer(handle, nil, nil)
        curl_multi_cleanup(handle)
    }

    // MARK: What libcurl asks for, from within its calls

    fileprivate func watch(_ socket: curl_socket_t, for what: Int32, easy: OpaquePointer?) {
        var interest: Readiness = []
        if what & CURL_POLL_IN != 0 { interest.insert(.readable) }
        if what & CURL_POLL_OUT != 0 { interest.insert(.writable) }
        // CURL_POLL_REMOVE, and CURL_POLL_NONE: the kernel would go on reporting a hang-up that nobody asked for.
        guard !interest.isEmpty else {
            watches.removeValue(forKey: socket)?.end(on: loop)
            return
        }
        let watch = watches[socket] ?? SocketWatch(socket, owner: self)
        watches[socket] = watch
        do throws(SystemError) {
            try watch.begin(interest, on: loop)
        } catch {
            watches[socket] = nil
            if let easy { unwatched.append((easy, error)) }
        }
    }

    fileprivate func wake(inMilliseconds delay: Int) {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard delay >= 0 else { return }
        timer = loop.schedule(after: .milliseconds(delay)) { [weak self] in
            self?.timer = nil
            self?.work(on: clibcurl_socket_timeout, 0)
        }
    }

    // MARK: Driving libcurl

    /// Lets libcurl go on with what the socket is ready for, or with what is due.
    func work(on socket: curl_socket_t, _ events: Int32) {
        guard let handle else { return }
        var running: Int32 = 0
        let status = curl_multi_socket_action(handle, socket, events, &running)
        // Nothing but misuse and lack of memory fails here; what happens to a transfer is told as its message.
        precondition(status == CURLM_OK, "curl_multi_socket_action: \(status.rawValue)")
        onProgress()
    }
}

/// `curl_socket_callback`: a socket is to be watched otherwise. The context outlives its multi handle.
private func socketChanged(
    _ easy: OpaquePointer?, _ socket: curl_socket_t, _ what: Int32, _ context: UnsafeMutableRawPointer?,
    _ socketContext: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return 0 }
    Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue().watch(socket, for: what, easy: easy)
    return 0
}

/// `curl_multi_timer_callback`: libcurl is to be woken at another time. The context outlives its multi handle.
private func timerChanged(
    _ handle: OpaquePointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return 0 }
    Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue().wake(inMilliseconds: milliseconds)
    return 0
}
