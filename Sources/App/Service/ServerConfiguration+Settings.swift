import API
import EventLoop
import HTTP
import HTTPServer

extension ServerConfiguration {
    /// Files that the process needs besides its connections: databases, brokers, providers, logs.
    private static let otherFiles = 256

    /// `fileLimit` is the number of files the process may have open: connections beyond it could not be accepted.
    init(_ server: Configuration.Server, fileLimit: Int) throws(StartError) {
        guard let port = UInt16(exactly: server.port) else { throw StartError("PORT is impossible", .configuration) }
        let host = server.host == "localhost" ? "127.0.0.1" : server.host
        guard let address = SocketAddress(host: host, port: port) else {
            throw StartError("HOST must be a numeric address or localhost, not \(server.host)", .configuration)
        }
        self.init(address: address)
        limits.requestLineBytes = server.maxRequestLineBytes
        limits.headerSectionBytes = server.maxHeaderBytes
        limits.headerFieldCount = server.maxHeaderFields
        limits.bodyBytes = server.maxBodyBytes
        headTimeout = server.headerTimeout
        bodyTimeout = server.bodyTimeout
        writeTimeout = server.writeTimeout
        minimumRate = server.minimumRate
        idleTimeout = server.idleTimeout
        maximumConnections = min(server.maxConnections, max(1, fileLimit - Self.otherFiles - reservedConnections))
        maximumConnectionsPerClient = server.maxConnectionsPerClient
        maximumRequestsPerConnection = server.maxRequestsPerConnection
        requestMemory = server.requestMemory
        responseMemory = server.responseMemory
        isEssential = API.isEssential
        respondToError = API.respond(to:)
    }
}
