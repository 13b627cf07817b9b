/// Rules of field lines, in the header section and in trailers, and of `Host`, `Connection` and `Expect`.
extension RequestError {
    static let leadingWhitespace = RequestError(
        "whitespace-before-first-field", .badRequest, "RFC 9112 §2.2", "The first field line begins with whitespace.")
    static let obsoleteFold = RequestError(
        "obs-fold", .badRequest, "RFC 9112 §5.2", "A field is continued on another line.")
    static let missingColon = RequestError(
        "missing-colon", .badRequest, "RFC 9112 §5", "A field line has no colon.")
    static let spaceBeforeColon = RequestError(
        "space-before-colon", .badRequest, "RFC 9112 §5.1", "Whitespace stands between a field name and its colon.")
    static let emptyFieldName = RequestError(
        "empty-field-name", .badRequest, "RFC 9110 §5.1", "A field has no name.")
    static let invalidFieldName = RequestError(
        "invalid-field-name", .badRequest, "RFC 9110 §5.1", "A field name is not a token.")
    static let tooManyFields = RequestError(
        "too-many-fields", .requestHeaderFieldsTooLarge, "RFC 6585 §5", "There are more fields than the limit.")
    static let headerSectionTooLarge = RequestError(
        "header-section-too-large", .requestHeaderFieldsTooLarge, "RFC 6585 §5",
        "The header section is larger than the limit.")
    static let missingHost = RequestError(
        "missing-host", .badRequest, "RFC 9112 §3.2", "An HTTP/1.1 request needs a Host field.")
    static let repeatedHost = RequestError(
        "repeated-host", .badRequest, "RFC 9112 §3.2", "There is more than one Host field.")
    static let emptyHost = RequestError(
        "empty-host", .badRequest, "RFC 9110 §4.2.1", "The Host field is empty.")
    static let invalidHost = RequestError(
        "invalid-host", .badRequest, "RFC 9110 §7.2", "The Host field is not host[:port].")
    static let userinfo = RequestError(
        "userinfo-in-authority", .badRequest, "RFC 9110 §4.2.4", "The authority holds user information.")
    static let invalidConnection = RequestError(
        "invalid-connection", .badRequest, "RFC 9110 §7.6.1", "A Connection option is not a token.")
    static let unknownExpectation = RequestError(
        "unknown-expectation", .expectationFailed, "RFC 9110 §10.1.1", "Only 100-continue can be expected.")

    static let fieldRules = [
        leadingWhitespace, obsoleteFold, missingColon, spaceBeforeColon, emptyFieldName, invalidFieldName,
        tooManyFields, headerSectionTooLarge, missingHost, repeatedHost, emptyHost, invalidHost, userinfo,
        invalidConnection, unknownExpectation,
    ]
}
