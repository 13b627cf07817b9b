/// Rules that say where a body ends: each one broken is a way to smuggle a request.
extension RequestError {
    static let emptyContentLength = RequestError(
        "empty-content-length", .badRequest, "RFC 9110 §8.6", "Content-Length has no value.")
    static let invalidContentLength = RequestError(
        "invalid-content-length", .badRequest, "RFC 9110 §8.6", "Content-Length is not made of digits alone.")
    static let contentLengthList = RequestError(
        "content-length-list", .badRequest, "RFC 9112 §6.3", "Content-Length is a list.")
    static let contentLengthLeadingZero = RequestError(
        "content-length-leading-zero", .badRequest, "RFC 9110 §8.6", "Content-Length begins with a needless zero.")
    static let contentLengthOverflow = RequestError(
        "content-length-overflow", .badRequest, "RFC 9110 §8.6", "Content-Length is no number anyone can hold.")
    static let repeatedContentLength = RequestError(
        "repeated-content-length", .badRequest, "RFC 9112 §6.3", "There is more than one Content-Length.")
    /// The body is larger than `HTTPLimits.bodyBytes`, as announced or as it came.
    public static let bodyTooLarge = RequestError(
        "body-too-large", .contentTooLarge, "RFC 9110 §15.5.14", "The body is larger than the limit.")
    static let lengthAndTransferEncoding = RequestError(
        "content-length-and-transfer-encoding", .badRequest, "RFC 9112 §6.1",
        "Content-Length and Transfer-Encoding contradict each other.")
    static let transferEncodingInHTTP10 = RequestError(
        "transfer-encoding-in-http10", .badRequest, "RFC 9112 §6.1", "HTTP/1.0 knows no Transfer-Encoding.")
    static let invalidTransferEncoding = RequestError(
        "invalid-transfer-encoding", .badRequest, "RFC 9112 §6.1", "Transfer-Encoding is not a list of codings.")
    static let identityTransferEncoding = RequestError(
        "identity-transfer-encoding", .badRequest, "RFC 9112 §7", "The coding identity is obsolete.")
    static let chunkedNotLast = RequestError(
        "chunked-not-last", .badRequest, "RFC 9112 §6.3", "chunked is not the last coding.")
    static let repeatedChunked = RequestError(
        "repeated-chunked", .badRequest, "RFC 9112 §6.1", "chunked is applied more than once.")
    static let unknownTransferCoding = RequestError(
        "unknown-transfer-coding", .notImplemented, "RFC 9112 §6.1", "A coding other than chunked is not known here.")

    static let framingRules = [
        emptyContentLength, invalidContentLength, contentLengthList, contentLengthLeadingZero, contentLengthOverflow,
        repeatedContentLength, bodyTooLarge, lengthAndTransferEncoding, transferEncodingInHTTP10,
        invalidTransferEncoding, identityTransferEncoding, chunkedNotLast, repeatedChunked, unknownTransferCoding,
    ]
}
