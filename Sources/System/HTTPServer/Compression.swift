import Gzip
import HTTP

/// Sends content in gzip form to clients that ask for it (RFC 9110 §8.4).
///
/// Compressed are successful answers of a type that gains by it, unless they have a coding already or forbid it by
/// `Cache-Control: no-transform`; an answer that would not become smaller stays as it is. HEAD is treated as GET,
/// so it announces the same, and content that is made while it is sent is not compressed. It is done on the
/// request's loop, which sees to its other connections after each slice of content.
public struct Compression: Middleware {
    private let minimumSize: Int
    private let level: Int
    private let memory: MemoryBudget

    /// Bytes compressed between two looks at other connections: less than a millisecond's work at level 5.
    private static let slice = 32_768

    /// Compresses content of `minimumSize` bytes and more, at a `level` of 1 (fast) … 9 (small): 5 gives nearly the
    /// size that 6 does in little more than half its time. The answers that are in work at a time, over all loops,
    /// take about `memoryLimit` bytes at most, an encoder and its output each; further ones go out as they are.
    public init(minimumSize: Int = 1024, level: Int = 5, memoryLimit: Int = 32 << 20) {
        precondition(GzipEncoder.levels.contains(level), "level out of range")
        self.minimumSize = minimumSize
        self.level = level
        memory = MemoryBudget(memoryLimit)
    }

    /// Answers by `next`, and compresses its answer where that is right.
    public func respond(to request: Request, next: RequestHandler) async -> Response {
        let response = await next(request)
        if response.status == .notModified { return notModified(response, request) }
        guard let content = response.body.bytes, isCompressible(response, content.count) else { return response }
        return await negotiated(response, content, request)
    }

    private func notModified(_ response: Response, _ request: Request) -> Response {
        var response = response
        response.head.fields.addVary("Accept-Encoding")
        if request.prefersGzip { response.head.weakenEntityTag(ifKnownWeaklyTo: request.head) }
        return response
    }

    private func isCompressible(_ response: Response, _ size: Int) -> Bool {
        let (status, fields) = (response.status, response.head.fields)
        return size >= minimumSize && 200...299 ~= status.code && status.allowsBody && status.code != 206
            && fields.first("Content-Encoding") == nil && !fields.forbidTransformation
            && fields.first("Content-Type").map(MediaType.init)?.isCompressible ?? false
    }

    private func negotiated(_ response: Response, _ content: [UInt8], _ request: Request) async -> Response {
        var response = response
        response.head.fields.addVary("Accept-Encoding")
        guard request.prefersGzip, let compressed = await compress(content) else { return response }
        response.body = .bytes(compressed)
        response.head.fields.set("Content-Encoding", "gzip")
        response.head.weakenEntityTag()
        return response
    }

    /// The content in gzip form; nil when that is not smaller, or cannot be had now.
    private func compress(_ content: [UInt8]) async -> [UInt8]? {
        let need = GzipEncoder.footprint + content.count
        guard memory.reserve(need) else { return nil }
        defer { memory.release(need) }
        do throws(GzipError) {
            var encoder = try GzipEncoder(level: level)
            var output: [UInt8] = []
            for start in stride(from: 0, to: content.count, by: Self.slice) {
                if start > 0 { await Task.yield() }
                let end = min(start + Self.slice, content.count)
                encoder.append(content.span.bytes.extracting(start..<end), to: &output)
                guard output.count < content.count else { return nil }
            }
            encoder.finish(into: &output)
            return output.count < content.count ? output : nil
        } catch {
            // The plain form is as right.
            return nil
        }
    }
}

extension Request {
    fileprivate var prefersGzip: Bool { AcceptEncoding(head.values(of: "accept-encoding")).prefersGzip }
}
