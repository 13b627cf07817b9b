import Foundation

/// Speaks HTTP/1.1 to a service, one connection a request, with blocking sockets on a thread of its own: it shares
/// no code with what it tests.
public struct PlainClient: Sendable {
    /// The service's loopback port.
    public let port: UInt16
    /// Longest silence of the service.
    private static let patienceSeconds = 60
    private static let answerLimit = 16 << 20

    /// A client of the service on this loopback port.
    public init(port: UInt16) {
        self.port = port
    }

    /// Sends one request. Throws when no whole answer comes.
    public func send(
        _ method: String, _ path: String, _ fields: [String: String] = [:], body: [UInt8] = []
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if !body.isEmpty, fields["Transfer-Encoding"] == nil { head += "Content-Length: \(body.count)\r\n" }
        let request = Array((head + "\r\n").utf8) + body
        let received = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try exchange(request) }) }
        }
        return try Answer(received, isBodiless: method == "HEAD")
    }

    /// GET.
    public func get(_ path: String, _ fields: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, fields)
    }

    /// POST with a JSON text.
    public func post(_ path: String, json: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let type = ["Content-Type": "application/json"]
        return try await send("POST", path, type.merging(fields) { _, given in given }, body: Array(json.utf8))
    }

    private func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure("socket: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        try connect(descriptor)
        sendAll(request, to: descriptor)
        return try receiveAll(from: descriptor)
    }

    private func connect(_ descriptor: Int32) throws {
        var address = sockaddr_in(loopbackPort: port)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure("connect: \(String(cString: strerror(errno)))") }
    }

    /// A service may answer before it has read everything, and close: what it says is still there to read.
    private func sendAll(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private func receiveAll(from descriptor: Int32) throws -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while received.count < Self.answerLimit {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return received }
            guard count > 0 else { throw Failure("recv: \(String(cString: strerror(errno)))") }
            received += buffer.prefix(count)
        }
        throw Failure("an answer of more than \(Self.answerLimit) bytes")
    }
}
