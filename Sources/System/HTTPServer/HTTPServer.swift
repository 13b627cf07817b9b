public import EventLoop
import HTTP

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on plain sockets: every loop accepts and serves its own connections.
///
///     let server = try await HTTPServer.bind(on: group, configuration, handler: router.respond)
///     await server.run()        // until drain() and the last answer
public final class HTTPServer: Sendable {
    /// Where the server listens; the port is the real one.
    public let address: SocketAddress
    private let servers: [LoopBound<LoopServer>]

    private init(address: SocketAddress, servers: [LoopBound<LoopServer>]) {
        self.address = address
        self.servers = servers
    }

    /// Opens a listener on every loop. Throws when the address is in use or not ours.
    public static func bind(
        on group: EventLoopGroup, _ configuration: ServerConfiguration, handler: @escaping RequestHandler
    ) async throws(SystemError) -> HTTPServer {
        if configuration.address.port != 0 { try Listener.checkIsFree(configuration.address) }
        let budgets = ServerBudgets(configuration)
        var configuration = configuration
        var servers: [LoopBound<LoopServer>] = []
        for loop in group.loops {
            let settings = configuration
            let opened = await loop.perform {
                openServer(on: loop, settings, budgets, handler: handler)
            }
            do throws(SystemError) {
                let server = try opened.get()
                servers.append(server)
                configuration.address = await loop.perform { server.value.address }
            } catch {
                for server in servers { await server.loop.perform { server.value.stopListening() } }
                throw error
            }
        }
        return HTTPServer(address: configuration.address, servers: servers)
    }

    /// Serves until `drain` has been called and every connection has ended. When the task is cancelled, connections
    /// are cut off, and it returns as soon as the handlers do.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for server in servers {
                group.addTask(executorPreference: server.loop) { await server.value.run() }
            }
        }
    }

    /// Stops accepting. Requests in flight finish, and their answers say `Connection: close`; idle connections end
    /// after `ServerConfiguration.drainGrace`. Any thread.
    public func drain() {
        for server in servers {
            server.loop.execute { server.value.drain() }
        }
    }

    /// The number of open connections now.
    public func connectionCount() async -> Int {
        var count = 0
        for server in servers { count += await server.loop.perform { server.value.connectionCount } }
        return count
    }
}

private func openServer(
    on loop: EventLoop, _ configuration: ServerConfiguration, _ budgets: ServerBudgets,
    handler: @escaping RequestHandler
) -> Result<LoopBound<LoopServer>, SystemError> {
    Result { () throws(SystemError) in
        let server = try LoopServer(on: loop, configuration, budgets, handler: handler)
        return LoopBound(server, to: loop)
    }
}
