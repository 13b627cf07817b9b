import EventLoop

/// A well-behaved client on one keep-alive connection: one request at a time, when it is told to.
final class PacedClient: ReadinessHandler {
    enum Ending {
        case answered(status: Int)
        case broken
    }

    private let target: Target
    private let number: Int
    private let loop: EventLoop
    private let onEnd: (_ intended: MonotonicTime, Ending) -> Void
    private var socket: ClientSocket?
    private var framer = ResponseFramer()
    private var request: [UInt8] = []
    private var sentBytes = 0
    /// When the request under way was meant to be sent; nil when the client is free.
    private(set) var intended: MonotonicTime?
    /// How often the server has closed the connection while nothing was asked.
    private(set) var silentLosses = 0

    /// `onEnd` is called for each request with the time it was meant to be sent.
    init(
        to target: Target, number: Int, on loop: EventLoop,
        onEnd: @escaping (_ intended: MonotonicTime, Ending) -> Void
    ) {
        self.target = target
        self.number = number
        self.loop = loop
        self.onEnd = onEnd
    }

    var isConnected: Bool { socket != nil }

    /// Sends `request`, on a new connection when there is none. The client must be free: `intended` is nil.
    func send(_ request: [UInt8], intended time: MonotonicTime) {
        intended = time
        self.request = request
        sentBytes = 0
        do throws(SystemError) {
            if socket == nil {
                framer = ResponseFramer()
                socket = try ClientSocket(to: target, number: number, appetite: .usual, on: loop, handler: self)
            }
            sendRest()
        } catch {
            lose()
        }
    }

    func close() {
        socket?.close()
        socket = nil
    }

    /// Called by the loop.
    func descriptorIsReady(_ readiness: Readiness) {
        if readiness.canWrite { sendRest() }
        if readiness.canRead { receive() }
    }

    private func sendRest() {
        guard intended != nil, sentBytes < request.count, let socket else { return }
        guard let count = socket.send(request, from: sentBytes) else { return lose() }
        sentBytes += count
    }

    private func receive() {
        guard let socket else { return }
        var outcome = ResponseFramer.Outcome.incomplete
        let received = socket.receive(16_384) { bytes in
            outcome = outcome == .incomplete ? framer.consume(bytes) : .malformed
        }
        switch outcome {
        case .complete(let status, let keepsAlive):
            if !keepsAlive { close() }
            end(.answered(status: status))
        case .malformed: return lose()
        case .incomplete: break
        }
        if case .ended = received { lose() }
    }

    private func lose() {
        close()
        if intended == nil { silentLosses += 1 }
        end(.broken)
    }

    private func end(_ ending: Ending) {
        guard let intended else { return }
        self.intended = nil
        onEnd(intended, ending)
    }
}
