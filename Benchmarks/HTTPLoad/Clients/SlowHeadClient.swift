import EventLoop

/// Sends the head of a request byte by byte, one at each step, without ever coming to its end.
final class SlowHeadClient: CrowdMember, ReadinessHandler {
    private static let beginning = Array("GET /livez HTTP/1.1\r\nHost: benchmark\r\nX-Slow: ".utf8)
    private static let filler = Array("a".utf8)

    private let target: Target
    private let number: Int
    private let loop: EventLoop
    private var socket: ClientSocket?
    private var sentBytes = 0
    private(set) var losses = 0

    init(to target: Target, number: Int, on loop: EventLoop) {
        self.target = target
        self.number = number
        self.loop = loop
    }

    var isInPlace: Bool { sentBytes > 0 }

    func step() {
        do throws(SystemError) {
            if socket == nil {
                socket = try ClientSocket(to: target, number: number, appetite: .usual, on: loop, handler: self)
            }
            sendByte()
        } catch {
            lose()
        }
    }

    func close() {
        socket?.close()
        socket = nil
        sentBytes = 0
    }

    /// Called by the loop.
    func descriptorIsReady(_ readiness: Readiness) {
        // The first byte goes as soon as there is a connection.
        if readiness.canWrite, sentBytes == 0 { sendByte() }
        guard readiness.canRead, let socket else { return }
        // Whatever it says, an answer to half a head is its end.
        if case .nothing = socket.receive(4_096, { _ in }) { return }
        lose()
    }

    private func sendByte() {
        let hasBegun = sentBytes < Self.beginning.count
        let bytes = hasBegun ? Self.beginning : Self.filler
        guard let count = socket?.send(bytes, from: hasBegun ? sentBytes : 0, atMost: 1) else { return lose() }
        sentBytes += count
    }

    private func lose() {
        close()
        losses += 1
    }
}
