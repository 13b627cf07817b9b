import EventLoop
import Glibc

/// Stands between a service and what it depends on, and makes that hang: connections stay, new ones are taken, and
/// nothing comes through any more. Any thread.
public final class FreezingProxy: Sendable {
    /// Where the service finds it, on 127.0.0.1.
    public let port: UInt16
    private let loop: EventLoop
    private let listener: LoopBound<Listener>
    private let isFrozen: Lock<Bool>
    private let connect: @Sendable () throws -> Int32

    private init(on loop: EventLoop, isFrozen: Bool, _ connect: @escaping @Sendable () throws -> Int32) throws {
        guard let any = SocketAddress(host: "127.0.0.1", port: 0) else { throw Failure("no loopback address") }
        let listener = try Listener(on: loop, address: any, backlog: 128)
        self.loop = loop
        self.isFrozen = Lock(isFrozen)
        self.connect = connect
        self.listener = LoopBound(listener, to: loop)
        port = listener.address.port
    }

    /// Runs `body` beside a proxy to the server of a Unix socket.
    public static func with(
        toSocket path: String, _ body: @escaping @Sendable (FreezingProxy) async throws -> Void
    ) async throws {
        try await run(isFrozen: false, { try connected(to: path) }, body)
    }

    /// Runs `body` beside one that takes connections, reads nothing and says nothing.
    public static func withMute(_ body: @escaping @Sendable (FreezingProxy) async throws -> Void) async throws {
        try await run(isFrozen: true, { throw Failure("nobody is behind it") }, body)
    }

    /// From here on nothing comes through.
    public func freeze() { isFrozen.withLock { $0 = true } }

    private static func run(
        isFrozen: Bool, _ connect: @escaping @Sendable () throws -> Int32,
        _ body: @escaping @Sendable (FreezingProxy) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            let proxy = try FreezingProxy(on: loop, isFrozen: isFrozen, connect)
            let accepting = loop.spawn { await proxy.accept() }
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(proxy))
            } catch {
                outcome = .failure(error)
            }
            proxy.listener.value.close()
            accepting.cancel()
            _ = await accepting.result
            try outcome.get()
        }
    }

    private func accept() async {
        await withDiscardingTaskGroup { connections in
            while true {
                switch listener.value.accept() {
                case .connection(let descriptor, _):
                    connections.addTask(executorPreference: self.loop) { await self.serve(descriptor) }
                case .none: await listener.value.waitForConnection()
                case .exhausted, .closed:
                    connections.cancelAll()
                    return
                }
            }
        }
    }

    private func serve(_ descriptor: Int32) async {
        do {
            let client = try ByteStream(descriptor: descriptor, on: loop)
            defer { client.close() }
            await holdWhileFrozen()
            guard !Task.isCancelled else { return }
            let server = try ByteStream(descriptor: try connect(), on: loop)
            defer { server.close() }
            await pump(LoopBound(client, to: loop), LoopBound(server, to: loop))
        } catch {
            // Nobody is there: the client sees its connection end.
        }
    }

    /// Until one side ends, or the proxy does.
    private func pump(_ client: LoopBound<ByteStream>, _ server: LoopBound<ByteStream>) async {
        await withTaskGroup { group in
            for (source, target) in [(client, server), (server, client)] {
                group.addTask(executorPreference: loop) {
                    await source.value.copy(to: target.value) { bytes in
                        await self.holdWhileFrozen()
                        return bytes
                    }
                }
            }
            group.addTask(executorPreference: loop) {
                while await self.loop.pause(for: .seconds(3_600)) {}
            }
            await group.next()
            client.value.close()
            server.value.close()
            group.cancelAll()
        }
    }

    private func holdWhileFrozen() async {
        while isFrozen.withLock({ $0 }), await loop.pause(for: .milliseconds(20)) {}
    }

    private static func connected(to path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError(call: "socket") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
            let error = SystemError(call: "connect")
            close(descriptor)
            throw error
        }
        return descriptor
    }
}
