public import EventLoop
import Glibc

/// Stands between everybody and the broker: the way to it can be cut, and led to another broker, without its clients
/// being told another address. Any thread.
public final class BrokerProxy: Sendable {
    /// Where clients find the broker.
    public let address: String
    private let port: UInt16
    private let loop: EventLoop
    private let core: LoopBound<Core>

    /// What lives on the loop.
    private final class Core {
        let listener: Listener
        var target: UInt16
        var isCut = false
        var streams: [ObjectIdentifier: ByteStream] = [:]

        init(_ listener: Listener, target: UInt16) {
            self.listener = listener
            self.target = target
        }

        func closeAll() {
            for stream in streams.values { stream.close() }
            streams = [:]
        }
    }

    /// Listens on a free loopback port, for a broker on loopback port `target`.
    public static func open(to target: UInt16, on loop: EventLoop) async throws -> BrokerProxy {
        let proxy = try await loop.spawn { try BrokerProxy(to: target, on: loop) }.value
        loop.spawn { try await proxy.accept() }
        return proxy
    }

    private init(to target: UInt16, on loop: EventLoop) throws {
        guard let any = SocketAddress(host: "127.0.0.1", port: 0) else { throw Failure("no loopback address") }
        let listener = try Listener(on: loop, address: any, backlog: 128)
        self.loop = loop
        port = listener.address.port
        address = "127.0.0.1:\(port)"
        core = LoopBound(Core(listener, target: target), to: loop)
    }

    /// Breaks all connections, and each new one at once, until `restore`.
    public func cut() async {
        await change { core in
            core.isCut = true
            core.closeAll()
        }
    }

    /// Lets connections through again.
    public func restore() async {
        await change { $0.isCut = false }
    }

    /// Leads new connections to another broker and breaks those to the old one.
    public func redirect(to target: UInt16) async {
        await change { core in
            core.target = target
            core.closeAll()
        }
    }

    /// Breaks all connections and accepts no more. Needed only where the loop ends before the program does.
    public func close() async {
        await change { core in
            core.listener.close()
            core.closeAll()
        }
    }

    private func change(_ body: @escaping @Sendable (Core) -> Void) async {
        let core = core
        await loop.perform { body(core.value) }
    }

    private func accept() async throws {
        let core = core.value
        await withDiscardingTaskGroup { connections in
            while true {
                switch core.listener.accept() {
                case .connection(let descriptor, _):
                    if core.isCut {
                        Glibc.close(descriptor)
                    } else {
                        connections.addTask(executorPreference: self.loop) { await self.serve(descriptor) }
                    }
                case .none: await core.listener.waitForConnection()
                case .exhausted: await self.loop.pause(for: .milliseconds(50))
                case .closed: return
                }
            }
        }
    }

    private func serve(_ descriptor: Int32) async {
        do {
            let client = try ByteStream(descriptor: descriptor, on: loop)
            defer { client.close() }
            let core = core.value
            let target = core.target
            guard let address = SocketAddress(host: "127.0.0.1", port: target) else { return }
            let broker = try await ByteStream.connect(to: address, on: loop, deadline: .now + .seconds(5))
            defer { broker.close() }
            guard !core.isCut, core.target == target else { return }
            let both = [client, broker]
            for stream in both { core.streams[ObjectIdentifier(stream)] = stream }
            defer { for stream in both { core.streams[ObjectIdentifier(stream)] = nil } }
            await pump(LoopBound(client, to: loop), LoopBound(broker, to: loop), target)
        } catch {
            // Nobody is there: the client sees its connection end.
        }
    }

    /// Until one side ends.
    private func pump(_ client: LoopBound<ByteStream>, _ broker: LoopBound<ByteStream>, _ target: UInt16) async {
        let port = port
        await withTaskGroup { group in
            group.addTask(executorPreference: loop) {
                await client.value.copy(to: broker.value) { $0 }
            }
            group.addTask(executorPreference: loop) {
                var rewriter = AddressRewriter(hosts: ["127.0.0.1", "localhost"], port: target, newPort: port)
                await broker.value.copy(to: client.value) { rewriter.pass($0) }
            }
            await group.next()
            client.value.close()
            broker.value.close()
        }
    }
}
