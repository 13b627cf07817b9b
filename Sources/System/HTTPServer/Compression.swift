import Gzip
import HTTP

/// Sends content in gzip form to clients that ask for it (RFC 9110 §8.4).
///
/// Compressed are successful answers of a type that gains by it, unless they have a coding already or forbid it by
/// `Cache-Control: no-transform`; an answer that would not become smaller stays as it is. HEAD is treated as GET,
/// so it announces the same, and content that is made while it is sent is not compressed. It is done on the
/// request's loop, which sees to its other connections after each slice of content.
public final class Compression: Middleware {
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

    /// Says which responses depend on what the client takes.
    public func complete(_ response: inout Response, to request: Request) {
        if response.status == .notModified {
            notModified(&response, request)
        } else if isCompressible(response) {
            response.head.fields.addVary(Self.acceptEncoding)
        }
    }

    private static let acceptEncoding: FieldName = "Accept-Encoding"

    /// Whether the response is to be compressed.
    public func needsConversion(_ response: Response, to request: Request) -> Bool {
        hasRightSize(response) && request.prefersGzip && isCompressible(response)
    }

    /// Compresses the response, if that makes it smaller.
    public func convert(_ response: Response, to request: Request) async -> Response {
        guard let content = response.body.bytes, let compressed = await compress(content) else { return response }
        var response = response
        response.body = .bytes(compressed)
        response.head.fields.set(.contentEncoding, "gzip")
        response.head.weakenEntityTag()
        return response
    }

    private func notModified(_ response: inout Response, _ request: Request) {
        response.head.fields.addVary(Self.acceptEncoding)
        if request.prefersGzip { response.head.weakenEntityTag(ifKnownWeaklyTo: request.head) }
    }

    private func hasRightSize(_ response: Response) -> Bool {
        if case .bytes(let content) = response.body { content.count >= minimumSize } else { false }
    }

    private func isCompressible(_ response: Response) -> Bool {
        guard hasRightSize(response) else { return false }
        let (status, fields) = (response.status, response.head.fields)
        return 200...299 ~= status.code && status.allowsBody && status.code != 206
            && fields.first(.contentEncoding) == nil && !fields.forbidTransformation && hasCompressibleType(fields)
    }

    /// Most content is JSON, and said to be so in this way.
    private func hasCompressibleType(_ fields: HeaderFields) -> Bool {
        fields.hasValue(.contentType, equalTo: "application/json")
            || fields.first(.contentType).map(MediaType.init)?.isCompressible ?? false
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
    fileprivate var prefersGzip: Bool {
        head.contains("accept-encoding") && AcceptEncoding(head.values(of: "accept-encoding")).prefersGzip
    }
}
