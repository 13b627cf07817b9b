import EventLoop
import Glibc
import HTTP

/// The part of a server that lives on one loop: its listener and its connections.
final class LoopServer {
    let loop: EventLoop
    let configuration: ServerConfiguration
    let handler: RequestHandler
    private let listener: Listener
    private let connectionLimit: Int
    private var connections: [ObjectIdentifier: Connection] = [:]
    private var date: (second: Int, field: DateField)?

    /// Whether connections end after their present request.
    private(set) var isDraining = false

    init(
        on loop: EventLoop, _ configuration: ServerConfiguration, connectionLimit: Int,
        handler: @escaping RequestHandler
    ) throws(SystemError) {
        self.loop = loop
        self.configuration = configuration
        self.connectionLimit = connectionLimit
        self.handler = handler
        listener = try Listener(on: loop, address: configuration.address)
    }

    var address: SocketAddress { listener.address }
    var connectionCount: Int { connections.count }

    /// Accepts and serves until `drain` and the end of the last connection.
    func run() async {
        let bound = LoopBound(self, to: loop)
        await withDiscardingTaskGroup { group in
            while true {
                switch listener.accept() {
                case .connection(let descriptor, let peer):
                    guard connections.count < connectionLimit else {
                        refuse(descriptor)
                        continue
                    }
                    group.addTask(executorPreference: loop) { await bound.value.serve(descriptor, peer) }
                case .none: await listener.waitForConnection()
                case .exhausted: await pause()
                case .closed: return
                }
            }
        }
    }

    /// Stops accepting, ends idle connections now and busy ones after their answer.
    func drain() {
        isDraining = true
        listener.close()
        for connection in connections.values { connection.drain() }
    }

    /// The `Date` field, rendered once a second (RFC 9110 §6.6.1).
    func currentDate() -> DateField {
        let second = time(nil)
        if let date, date.second == second { return date.field }
        let field = DateField(HTTPDate(secondsSinceEpoch: second))
        date = (second, field)
        return field
    }

    private func serve(_ descriptor: Int32, _ peer: SocketAddress) async {
        let stream: ByteStream
        do throws(SystemError) {
            stream = try ByteStream(descriptor: descriptor, on: loop)
        } catch {
            return  // The descriptor is closed already; epoll has no room for more watches.
        }
        let connection = Connection(stream, peer: peer, server: self)
        connections[ObjectIdentifier(connection)] = connection
        await connection.run()
        connections[ObjectIdentifier(connection)] = nil
    }

    private static let busyAnswer = Array(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)

    /// One attempt to say why, without keeping anything for it.
    private func refuse(_ descriptor: Int32) {
        _ = Self.busyAnswer.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        close(descriptor)
    }

    /// Out of descriptors: give connections time to end instead of spinning on accept.
    private func pause() async {
        do {
            try await loop.sleep(for: .milliseconds(50))
        } catch {
            listener.close()
        }
    }
}
