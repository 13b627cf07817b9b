/// Rules of the request line and its target.
extension RequestError {
    static let invalidMethod = RequestError(
        "invalid-method", .badRequest, "RFC 9110 §9.1", "The method is not a token followed by one space.")
    static let missingTarget = RequestError(
        "missing-target", .badRequest, "RFC 9112 §3", "The request line has no target.")
    static let missingVersion = RequestError(
        "missing-version", .badRequest, "RFC 9112 §3", "The request line has no version.")
    static let extraWhitespace = RequestError(
        "extra-whitespace", .badRequest, "RFC 9112 §3", "The request line has whitespace besides its two spaces.")
    static let invalidVersion = RequestError(
        "invalid-version", .badRequest, "RFC 9112 §2.3", "The version is not HTTP/ digit dot digit.")
    static let unsupportedVersion = RequestError(
        "unsupported-version", .httpVersionNotSupported, "RFC 9110 §15.6.6", "Only HTTP/1.0 and HTTP/1.1 are spoken.")
    static let requestLineTooLong = RequestError(
        "request-line-too-long", .uriTooLong, "RFC 9112 §3", "The request line is longer than the limit.")
    static let invalidTarget = RequestError(
        "invalid-target", .badRequest, "RFC 9112 §3.2", "The target has none of the four forms, or a forbidden byte.")
    static let fragment = RequestError(
        "fragment-in-target", .badRequest, "RFC 9112 §3.2", "The target has a fragment.")
    static let asteriskWithoutOptions = RequestError(
        "asterisk-without-options", .badRequest, "RFC 9112 §3.2.4", "The target * belongs to OPTIONS only.")
    static let invalidPercentEncoding = RequestError(
        "invalid-percent-encoding", .badRequest, "RFC 3986 §2.1", "The path has a % without two hex digits.")
    static let encodedNUL = RequestError(
        "encoded-nul", .badRequest, "RFC 3986 §7.3", "The path has a percent-encoded NUL.")

    static let requestLineRules = [
        invalidMethod, missingTarget, missingVersion, extraWhitespace, invalidVersion, unsupportedVersion,
        requestLineTooLong, invalidTarget, fragment, asteriskWithoutOptions, invalidPercentEncoding, encodedNUL,
    ]
}
