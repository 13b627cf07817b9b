import EventLoop
import TLS

/// One listener of the fake and its connections.
final class FakeListening {
    let kind: FakeListenerKind
    let port: UInt16
    private let loop: EventLoop
    private let listener: Listener
    private let context: TLSServerContext?
    private var connections: [ObjectIdentifier: FakeStream] = [:]
    private var task: Task<Void, any Error>?

    init(on loop: EventLoop, port: UInt16, kind: FakeListenerKind, tls: FakeTLS?) throws(FakeError) {
        context = try tls?.context(for: kind)
        guard let address = SocketAddress(host: "127.0.0.1", port: port) else { preconditionFailure("an address") }
        do throws(SystemError) {
            if port != 0 { try Listener.checkIsFree(address) }
            listener = try Listener(on: loop, address: address)
        } catch {
            throw .cannotListen(error)
        }
        self.loop = loop
        self.kind = kind
        self.port = listener.address.port
    }

    /// Begins to serve.
    func serve(for fake: FakeGigaChat) {
        let bound = LoopBound((listening: self, fake: fake), to: loop)
        task = loop.spawn {
            let (listening, fake) = bound.value
            await withDiscardingTaskGroup { group in
                await listening.accept(for: fake, into: &group)
            }
        }
    }

    /// Closes the listener alone.
    func stop() {
        listener.close()
    }

    /// Closes everything and waits for the end of it.
    func close() async {
        listener.close()
        for stream in connections.values { stream.interrupt() }
        _ = await task?.result
        task = nil
    }

    private func accept(for fake: FakeGigaChat, into group: inout DiscardingTaskGroup) async {
        while true {
            switch listener.accept() {
            case .connection(let descriptor, _): admit(descriptor, for: fake, into: &group)
            case .none: await listener.waitForConnection()
            case .exhausted: await pause()
            case .closed: return
            }
        }
    }

    private func admit(_ descriptor: Int32, for fake: FakeGigaChat, into group: inout DiscardingTaskGroup) {
        guard let stream = stream(descriptor) else { return }
        connections[ObjectIdentifier(stream)] = stream
        let bound = LoopBound((listening: self, fake: fake, stream: stream), to: loop)
        group.addTask(executorPreference: loop) {
            let (listening, fake, stream) = bound.value
            await FakeConnection(stream, to: listening.kind, of: fake).run()
            listening.connections[ObjectIdentifier(stream)] = nil
        }
    }

    /// Nil when the descriptor is closed already; the client sees that.
    private func stream(_ descriptor: Int32) -> FakeStream? {
        do {
            let bytes = try ByteStream(descriptor: descriptor, on: loop)
            do throws(TLSError) {
                return try FakeStream(bytes, context)
            } catch {
                bytes.close()
                return nil
            }
        } catch {
            return nil
        }
    }

    /// Out of descriptors: give connections time to end.
    private func pause() async {
        if !(await loop.pause(for: .milliseconds(50))) { listener.close() }
    }
}
