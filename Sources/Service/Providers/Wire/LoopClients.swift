public import EventLoop
public import HTTPClient

/// The HTTP clients of one provider, one on each loop: a call goes out on the loop that asked, so it never changes
/// thread. Providers do not share clients, since each has its own trust and identity.
public struct LoopClients: Sendable {
    /// By the loops' indices.
    private let loops: [LoopBound<HTTPClient>]

    /// Takes clients by their loops' indices.
    init(_ loops: [LoopBound<HTTPClient>]) {
        self.loops = loops
    }

    /// Makes a client on every loop of `group`. Throws `.invalidConfiguration`.
    public static func make(
        on group: EventLoopGroup, _ configuration: HTTPClientConfiguration
    ) async throws(HTTPClientError) -> LoopClients {
        var loops: [LoopBound<HTTPClient>] = []
        for loop in group.loops {
            let made = await loop.perform { () -> Result<LoopBound<HTTPClient>, HTTPClientError> in
                do throws(HTTPClientError) {
                    return .success(LoopBound(try HTTPClient(on: loop, configuration: configuration), to: loop))
                } catch {
                    return .failure(error)
                }
            }
            loops.append(try made.get())
        }
        return LoopClients(loops)
    }

    /// What the calling task's loop has. Traps when the caller is on no loop of the group.
    var current: HTTPClient {
        guard let loop = EventLoop.current, loop.index < loops.count else {
            preconditionFailure("models are asked from loop tasks only")
        }
        return loops[loop.index].value
    }

    /// Ends all calls that still run and closes the connections.
    public func close() async {
        for client in loops {
            await client.loop.perform { client.value.close() }
        }
    }
}
