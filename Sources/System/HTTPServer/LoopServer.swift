import EventLoop
import Glibc
import HTTP

/// The part of a server that lives on one loop: its listener and its connections.
final class LoopServer {
    let loop: EventLoop
    let configuration: ServerConfiguration
    let handler: RequestHandler
    let budgets: ServerBudgets
    let inputPieces = InputPieces()
    let outputBuffers = OutputBuffers()
    private let listener: Listener
    private var connections: [ObjectIdentifier: Member] = [:]
    private var emptiness: UnsafeContinuation<Void, Never>?
    private var hasStoppedWaiting = false
    private var graceIsOver = false
    private static let fairAccepts = 64
    private static let mostLateConnections = 8192
    /// What a client that has begun to connect when the end is decided needs to finish: some round trips.
    private static let handshakeTime = Duration.milliseconds(100)
    private var date: (second: Int, field: DateField)?

    /// Whether connections end after their present request.
    private(set) var isDraining = false

    /// A connection and the task that serves it. The tasks are no children of one group, which would be the usual way:
    /// Swift's runtime (6.3) finds a child that has ended by walking over all that began before it. Beside 10 000 idle
    /// connections each end of another one would hold up the loop for as long as ten requests take.
    private struct Member {
        let connection: Connection
        let task: Task<Void, any Error>
    }

    init(
        on loop: EventLoop, _ configuration: ServerConfiguration, _ budgets: ServerBudgets,
        handler: @escaping RequestHandler
    ) throws(SystemError) {
        self.loop = loop
        self.configuration = configuration
        self.budgets = budgets
        self.handler = handler
        listener = try Listener(on: loop, address: configuration.address)
    }

    var address: SocketAddress { listener.address }
    var connectionCount: Int { connections.count }

    /// Accepts and serves until `drain` and the end of the last connection.
    func run() async {
        let bound = LoopBound(self, to: loop)
        await withTaskCancellationHandler {
            await accept()
            if !connections.isEmpty { await withUnsafeContinuation { emptiness = $0 } }
        } onCancel: {
            bound.loop.execute { bound.value.cutOff() }
        }
    }

    private func accept() async {
        var acceptedInARow = 0
        while true {
            switch listener.accept() {
            case .connection(let descriptor, let peer):
                admit(descriptor, peer)
                acceptedInARow += 1
                if acceptedInARow.isMultiple(of: Self.fairAccepts) { await Task.yield() }
                if isDraining, acceptedInARow >= Self.mostLateConnections { return endListening() }
            case .none:
                // Those who began to connect before the end was decided have all been let in now.
                if hasStoppedWaiting { return endListening() }
                acceptedInARow = 0
                await listener.waitForConnection()
            case .exhausted: await pause()
            case .closed: return
            }
        }
    }

    /// Lets nobody in who has not begun to connect. Connections end after their present request, or when the grace
    /// time passes without one.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        listener.ignoreNewcomers()
        let handshakeTime = min(configuration.drainGrace, Self.handshakeTime)
        _ = loop.schedule(after: handshakeTime) { [weak self] in self?.stopWaiting() }
        _ = loop.schedule(after: configuration.drainGrace) { [weak self] in self?.endIdleConnections() }
    }

    private func stopWaiting() {
        hasStoppedWaiting = true
        listener.wakeWaiter()
    }

    private func endListening() {
        stopListening()
        // Those let in since have not heard of it.
        if graceIsOver { endIdleConnections() }
    }

    /// Closes the listener at once; connections that the kernel has queued are refused.
    func stopListening() {
        listener.close()
    }

    private func endIdleConnections() {
        graceIsOver = true
        for member in connections.values { member.connection.endWhenIdle() }
    }

    private func cutOff() {
        isDraining = true
        stopListening()
        for member in connections.values {
            member.task.cancel()
            member.connection.cutOff()
        }
    }

    /// The `Date` field, rendered once a second (RFC 9110 §6.6.1).
    func currentDate() -> DateField {
        let second = time(nil)
        if let date, date.second == second { return date.field }
        let field = DateField(HTTPDate(secondsSinceEpoch: second))
        date = (second, field)
        return field
    }

    /// Counts the connection before its task runs, so that a burst cannot slip past the limit.
    private func admit(_ descriptor: Int32, _ peer: SocketAddress) {
        let network = peer.network
        let admission = budgets.connections.admit(network)
        if case .refused(let error) = admission { return refuse(descriptor, error) }
        let stream: ByteStream
        do throws(SystemError) {
            stream = try ByteStream(descriptor: descriptor, on: loop)
        } catch {
            // The descriptor is closed already; epoll has no room for more watches.
            return budgets.connections.leave(network, admission)
        }
        let connection = Connection(stream, peer: peer, admission, server: self)
        let bound = LoopBound((server: self, connection: connection), to: loop)
        let task = loop.spawn {
            let (server, connection) = bound.value
            await connection.run()
            server.budgets.connections.leave(network, admission)
            server.forget(connection)
        }
        connections[ObjectIdentifier(connection)] = Member(connection: connection, task: task)
    }

    private func forget(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = nil
        guard connections.isEmpty else { return }
        emptiness?.resume()
        emptiness = nil
    }

    /// One attempt to say why, without keeping anything for it.
    private func refuse(_ descriptor: Int32, _ error: RequestError) {
        let response = configuration.response(to: error)
        var bytes: [UInt8] = []
        var encoder = ResponseEncoder()
        _ = encoder.encode(response.head, body: response.body.framing, date: currentDate(), into: &bytes)
        bytes += response.body.bytes ?? []
        _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        close(descriptor)
    }

    /// Out of descriptors: give connections time to end instead of spinning on accept.
    private func pause() async {
        if !(await loop.pause(for: .milliseconds(50))) { listener.close() }
    }
}
