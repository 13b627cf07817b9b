/// Rules of the chunked coding (RFC 9112 §7.1).
extension RequestError {
    static let invalidChunkSize = RequestError(
        "invalid-chunk-size", .badRequest, "RFC 9112 §7.1", "A chunk size is not made of hex digits alone.")
    static let chunkSizeOverflow = RequestError(
        "chunk-size-overflow", .badRequest, "RFC 9112 §7.1", "A chunk size is no number anyone can hold.")
    static let invalidChunkExtension = RequestError(
        "invalid-chunk-extension", .badRequest, "RFC 9112 §7.1.1", "A chunk extension is malformed.")
    static let chunkLineTooLong = RequestError(
        "chunk-line-too-long", .badRequest, "RFC 9112 §7.1.1", "A chunk-size line is longer than the limit.")
    static let chunkOverhead = RequestError(
        "chunk-overhead", .badRequest, "RFC 9112 §7.1.1", "The chunk framing far outweighs the data.")
    static let unterminatedChunk = RequestError(
        "unterminated-chunk", .badRequest, "RFC 9112 §7.1", "Chunk data is not followed by CRLF.")
    static let trailersTooLarge = RequestError(
        "trailers-too-large", .requestHeaderFieldsTooLarge, "RFC 9112 §7.1.2",
        "The trailer section is larger than the limit.")

    static let chunkRules = [
        invalidChunkSize, chunkSizeOverflow, invalidChunkExtension, chunkLineTooLong, chunkOverhead,
        unterminatedChunk, trailersTooLarge,
    ]
}
