/// Writes the chunked coding (RFC 9112 §7.1).
public enum ChunkEncoder {
    /// The last chunk, without trailers.
    public static let end: [UInt8] = Array("0\r\n\r\n".utf8)

    /// Appends one chunk. An empty piece is nothing at all, because a chunk of size zero would end the body.
    public static func append(_ data: some Collection<UInt8>, to output: inout [UInt8]) {
        guard !data.isEmpty else { return }
        output.append(hexadecimal: data.count)
        output.append(.carriageReturn)
        output.append(.lineFeed)
        output.append(contentsOf: data)
        output.append(.carriageReturn)
        output.append(.lineFeed)
    }
}
