import EventLoop

/// Asks for a big answer and takes a few hundred bytes of it at each step.
final class SlowReadClient: CrowdMember, ReadinessHandler {
    private static let bytesPerStep = 300

    private let target: Target
    private let number: Int
    private let request: [UInt8]
    private let loop: EventLoop
    private var socket: ClientSocket?
    private var sentBytes = 0
    private(set) var isInPlace = false
    private(set) var losses = 0

    init(to target: Target, number: Int, request: [UInt8], on loop: EventLoop) {
        self.target = target
        self.number = number
        self.request = request
        self.loop = loop
    }

    func step() {
        guard let socket else { return open() }
        switch socket.receive(Self.bytesPerStep, pieces: 1, { _ in }) {
        case .bytes: isInPlace = true
        case .nothing: break
        case .ended: lose()
        }
    }

    func close() {
        socket?.close()
        socket = nil
        isInPlace = false
    }

    /// Called by the loop. Nothing is read here: it only reads when it is its turn.
    func descriptorIsReady(_ readiness: Readiness) {
        if readiness.canWrite { sendRest() }
    }

    private func open() {
        sentBytes = 0
        do throws(SystemError) {
            socket = try ClientSocket(to: target, number: number, appetite: .small, on: loop, handler: self)
            sendRest()
        } catch {
            lose()
        }
    }

    private func sendRest() {
        guard sentBytes < request.count, let socket else { return }
        guard let count = socket.send(request, from: sentBytes) else { return lose() }
        sentBytes += count
    }

    private func lose() {
        close()
        losses += 1
    }
}
