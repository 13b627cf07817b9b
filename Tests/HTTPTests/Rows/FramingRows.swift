/// Where the body ends (RFC 9112 §6), and limits.
let framingRows: [Row] = [
    Row("no-framing", "9112 §6.3", post(), .accept("none")),
    Row("length", "9110 §8.6", post("Content-Length: 5") + "hello", .accept("length(5)", "rest=5")),
    Row("length-zero", "9110 §8.6", post("Content-Length: 0"), .accept("length(0)")),
    Row("length-padded", "9112 §5.1", post("Content-Length: \t5 "), .accept("length(5)")),
    Row("length-on-get", "9110 §9.3.1", head("Host: a", "Content-Length: 5") + "hello", .accept("length(5)", "rest=5")),
    Row("length-at-limit", "9110 §15.5.14", post("Content-Length: 4194304"), .accept("length(4194304)")),
    Row("length-over-limit", "9110 §15.5.14", post("Content-Length: 4194305"), .refuse(413, "body-too-large")),
    Row("length-int-max", "9110 §15.5.14", post("Content-Length: 9223372036854775807"), .refuse(413, "body-too-large")),
    Row(
        "length-overflow", "9110 §8.6", post("Content-Length: 9223372036854775808"),
        .refuse(400, "content-length-overflow")),
    Row(
        "length-wraps", "9110 §8.6", post("Content-Length: 18446744073709551621"),
        .refuse(400, "content-length-overflow")),
    Row("length-empty", "9110 §8.6", post("Content-Length:"), .refuse(400, "empty-content-length")),
    Row("length-blank", "9110 §8.6", post("Content-Length: \t "), .refuse(400, "empty-content-length")),
    Row("length-plus", "9110 §8.6", post("Content-Length: +5"), .refuse(400, "invalid-content-length")),
    Row("length-minus", "9110 §8.6", post("Content-Length: -5"), .refuse(400, "invalid-content-length")),
    Row("length-minus-zero", "9110 §8.6", post("Content-Length: -0"), .refuse(400, "invalid-content-length")),
    Row("length-hex", "9110 §8.6", post("Content-Length: 0x5"), .refuse(400, "invalid-content-length")),
    Row("length-hex-digit", "9110 §8.6", post("Content-Length: a"), .refuse(400, "invalid-content-length")),
    Row("length-octal", "9110 §8.6", post("Content-Length: 05"), .refuse(400, "content-length-leading-zero")),
    Row("length-zeros", "9110 §8.6", post("Content-Length: 00"), .refuse(400, "content-length-leading-zero")),
    Row("length-decimal", "9110 §8.6", post("Content-Length: 5.0"), .refuse(400, "invalid-content-length")),
    Row("length-exponent", "9110 §8.6", post("Content-Length: 5e1"), .refuse(400, "invalid-content-length")),
    Row("length-underscore", "9110 §8.6", post("Content-Length: 1_0"), .refuse(400, "invalid-content-length")),
    Row("length-space-inside", "9110 §8.6", post("Content-Length: 1 0"), .refuse(400, "invalid-content-length")),
    Row("length-quoted", "9110 §8.6", post("Content-Length: \"5\""), .refuse(400, "invalid-content-length")),
    Row(
        "length-wide-digit", "9110 §8.6", post("Content-Length: \u{EF}\u{BC}\u{95}"),
        .refuse(400, "invalid-content-length")),
    Row("length-unit", "9110 §8.6", post("Content-Length: 5;"), .refuse(400, "invalid-content-length")),
    Row("length-list-same", "9112 §6.3", post("Content-Length: 5, 5"), .refuse(400, "content-length-list")),
    Row("length-list-differs", "9112 §6.3", post("Content-Length: 5,6"), .refuse(400, "content-length-list")),
    Row("length-list-empty-end", "9112 §6.3", post("Content-Length: 5,"), .refuse(400, "content-length-list")),
    Row(
        "length-twice-same", "9112 §6.3", post("Content-Length: 5", "Content-Length: 5"),
        .refuse(400, "repeated-content-length")),
    Row(
        "length-twice-differs", "9112 §6.3", post("Content-Length: 5", "content-length: 6"),
        .refuse(400, "repeated-content-length")),
    Row(
        "length-twice-10", "9112 §6.3", "POST / HTTP/1.0\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        .refuse(400, "repeated-content-length")),

    Row("chunked", "9112 §6.1", post("Transfer-Encoding: chunked") + "0\r\n\r\n", .accept("chunked", "rest=5")),
    Row("chunked-case", "9112 §7", post("transfer-encoding: CHunked"), .accept("chunked")),
    Row("chunked-padded", "9112 §5.1", post("Transfer-Encoding: \tchunked\t"), .accept("chunked")),
    Row("chunked-on-get", "9112 §6.1", head("Host: a", "Transfer-Encoding: chunked"), .accept("chunked")),
    Row(
        "te-in-12", "9110 §2.5", "POST / HTTP/1.2\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        .accept("chunked")),
    Row(
        "te-in-10", "9112 §6.1", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        .refuse(400, "transfer-encoding-in-http10")),
    Row(
        "cl-te", "9112 §6.1", post("Content-Length: 5", "Transfer-Encoding: chunked"),
        .refuse(400, "content-length-and-transfer-encoding")),
    Row(
        "te-cl", "9112 §6.1", post("Transfer-Encoding: chunked", "Content-Length: 5"),
        .refuse(400, "content-length-and-transfer-encoding")),
    Row(
        "te-cl-zero", "9112 §6.1", post("Transfer-Encoding: chunked", "Content-Length: 0"),
        .refuse(400, "content-length-and-transfer-encoding")),
    Row(
        "te-unknown-cl", "9112 §6.1", post("Transfer-Encoding: gzip", "Content-Length: 5"),
        .refuse(400, "content-length-and-transfer-encoding")),
    Row(
        "te-xchunked-cl", "9112 §6.1", post("Content-Length: 5", "Transfer-Encoding: xchunked"),
        .refuse(400, "invalid-transfer-encoding")),
    Row("te-gzip", "9112 §6.1", post("Transfer-Encoding: gzip"), .refuse(501, "unknown-transfer-coding")),
    Row(
        "te-gzip-chunked", "9112 §6.1", post("Transfer-Encoding: gzip, chunked"),
        .refuse(501, "unknown-transfer-coding")),
    Row(
        "te-two-fields", "9112 §6.1", post("Transfer-Encoding: gzip", "Transfer-Encoding: chunked"),
        .refuse(501, "unknown-transfer-coding")),
    Row("te-chunked-gzip", "9112 §6.3", post("Transfer-Encoding: chunked, gzip"), .refuse(400, "chunked-not-last")),
    Row(
        "te-chunked-then-field", "9112 §6.3", post("Transfer-Encoding: chunked", "Transfer-Encoding: foo"),
        .refuse(400, "chunked-not-last")),
    Row(
        "te-chunked-chunked", "9112 §6.1", post("Transfer-Encoding: chunked, chunked"), .refuse(400, "repeated-chunked")
    ),
    Row(
        "te-twice", "9112 §6.1", post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        .refuse(400, "repeated-chunked")),
    Row("te-identity", "9112 §7", post("Transfer-Encoding: identity"), .refuse(400, "identity-transfer-encoding")),
    Row(
        "te-chunked-identity", "9112 §7", post("Transfer-Encoding: chunked, identity"),
        .refuse(400, "identity-transfer-encoding")),
    Row("te-xchunked", "9112 §6.1", post("Transfer-Encoding: xchunked"), .refuse(400, "invalid-transfer-encoding")),
    Row("te-chunkedx", "9112 §6.1", post("Transfer-Encoding: chunked-x"), .refuse(400, "invalid-transfer-encoding")),
    Row("te-empty", "9112 §6.1", post("Transfer-Encoding:"), .refuse(400, "invalid-transfer-encoding")),
    Row(
        "te-empty-element", "9112 §6.1", post("Transfer-Encoding: ,chunked"),
        .refuse(400, "invalid-transfer-encoding")),
    Row(
        "te-trailing-comma", "9112 §6.1", post("Transfer-Encoding: chunked,"), .refuse(400, "invalid-transfer-encoding")
    ),
    Row("te-parameter", "9112 §6.1", post("Transfer-Encoding: chunked;q=1"), .refuse(400, "invalid-transfer-encoding")),
    Row("te-quoted", "9112 §6.1", post("Transfer-Encoding: \"chunked\""), .refuse(400, "invalid-transfer-encoding")),
    Row("te-two-words", "9112 §6.1", post("Transfer-Encoding: x chunked"), .refuse(400, "invalid-transfer-encoding")),
    Row("te-nbsp", "9112 §6.1", post("Transfer-Encoding: \u{A0}chunked"), .refuse(400, "invalid-transfer-encoding")),
    Row("te-vt", "9110 §5.5", post("Transfer-Encoding: \u{B}chunked"), .refuse(400, "control-character")),
    Row("te-ff", "9110 §5.5", post("Transfer-Encoding: chunked\u{C}"), .refuse(400, "control-character")),
    Row("te-nul", "9110 §5.5", post("Transfer-Encoding: chunked\0"), .refuse(400, "nul-byte")),
    Row("te-bare-cr", "9112 §2.2", post("Transfer-Encoding: \rchunked"), .refuse(400, "bare-cr")),
    Row("te-bare-lf", "9112 §2.2", post("Transfer-Encoding: \nchunked"), .refuse(400, "bare-lf")),
    Row("te-folded", "9112 §5.2", post("Transfer-Encoding:", " chunked"), .refuse(400, "obs-fold")),
    Row(
        "te-underscore-is-another-field", "9110 §5.1", post("Transfer_Encoding: chunked"),
        .accept("none", "Transfer_Encoding=chunked")),

    Row("target-8000", "9112 §3", line("GET /\(filler(7_999)) HTTP/1.1"), .accept("GET", "rest=0")),
    Row("line-at-limit", "9112 §3", line("GET /\(filler(8_178)) HTTP/1.1"), .accept("GET")),
    Row("line-over-limit", "9112 §3", line("GET /\(filler(8_179)) HTTP/1.1"), .refuse(414, "request-line-too-long")),
    Row("line-100k", "9112 §3", line("GET /\(filler(100_000)) HTTP/1.1"), .refuse(414, "request-line-too-long")),
    Row("line-endless", "9112 §3", "GET /" + filler(9_000), .refuse(414, "request-line-too-long")),
    Row("method-endless", "9112 §3", filler(9_000), .refuse(414, "request-line-too-long")),
    Row("section-at-limit", "6585 §5", head("Host: a", "X: \(filler(32_752))"), .accept("fields=2")),
    Row(
        "section-over-limit", "6585 §5", head("Host: a", "X: \(filler(32_753))"),
        .refuse(431, "header-section-too-large")),
    Row("section-100k", "6585 §5", head("Host: a", "X: \(filler(100_000))"), .refuse(431, "header-section-too-large")),
    Row("fields-at-limit", "6585 §5", head("Host: a" + fields(99)), .accept("fields=100")),
    Row("fields-over-limit", "6585 §5", head("Host: a" + fields(100)), .refuse(431, "too-many-fields")),
    Row("fields-10000", "6585 §5", head("Host: a" + fields(10_000)), .refuse(431, "too-many-fields")),
]

private func filler(_ count: Int) -> String { String(repeating: "a", count: count) }

private func fields(_ count: Int) -> String { String(repeating: "\r\nX: b", count: count) }
