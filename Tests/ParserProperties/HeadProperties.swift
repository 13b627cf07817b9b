import HTTP

/// What must hold for every head that the parser accepts.
enum HeadProperties {
    /// Holds a head against the bytes it was made of.
    static func check(
        _ head: RequestHead, madeOf bytes: ArraySlice<UInt8>, _ limits: HTTPLimits
    ) throws(Violation) {
        let reference = try ReferenceHead(bytes)
        try checkLimits(reference, limits)
        try checkRequestLine(head, reference.requestLine)
        try checkTarget(head)
        try checkFields(head, reference)
        try checkHost(head, reference)
        try checkFraming(head, reference, limits)
        try checkConnection(head, reference)
    }

    private static func checkLimits(_ head: ReferenceHead, _ limits: HTTPLimits) throws(Violation) {
        try Violation.unless(head.emptyLines <= limits.leadingEmptyLines, "\(head.emptyLines) empty lines")
        try Violation.unless(head.requestLine.count <= limits.requestLineBytes, "the request line is over its limit")
        try Violation.unless(head.sectionBytes <= limits.headerSectionBytes, "the header section is over its limit")
        try Violation.unless(head.fields.count <= limits.headerFieldCount, "\(head.fields.count) fields")
    }

    private static func checkRequestLine(_ head: RequestHead, _ line: [UInt8]) throws(Violation) {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        try Violation.unless(parts.count == 3, "a request line of \(parts.count) parts")
        try Violation.unless(parts[0] == head.method.description, "method \(head.method) of \(parts[0])")
        try Violation.unless(ReferenceHead.isToken(parts[0]), "a method that is no token: \(parts[0])")
        try Violation.unless(parts[1] == head.target, "target \(head.target) of \(parts[1])")
        let version: Version = parts[2] == "HTTP/1.0" ? .http10 : .http11
        try Violation.unless(parts[2].hasPrefix("HTTP/1.") && parts[2].utf8.count == 8, "version \(parts[2])")
        try Violation.unless(version == head.version, "version \(head.version) of \(parts[2])")
    }

    private static func checkTarget(_ head: RequestHead) throws(Violation) {
        let target = head.target
        try Violation.unless(!target.isEmpty && target.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "target \(target)")
        let rest = head.path + (head.query.map { "?" + $0 } ?? "")
        let isRight =
            switch head.targetForm {
            case .origin: rest == target && head.path.hasPrefix("/")
            case .absolute:
                head.path.hasPrefix("/") && (target + "/").contains("://\(head.authority ?? " ")")
                    && (target.hasSuffix(rest) || head.path == "/")
            case .authority: head.method == .connect && head.authority == target && rest.isEmpty
            case .asterisk: head.method == .options && rest == "*"
            }
        try Violation.unless(isRight, "\(head.targetForm) target \(target) gave \(rest)")
        try Violation.unless(head.hasPath(head.path), "the path is not itself: \(head.path)")
        let segments = head.pathSegments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        let joined = head.path.hasPrefix("/") ? "/" + segments : segments
        try Violation.unless(joined == head.path, "path \(head.path) has the segments \(segments)")
        let pieces = (head.query ?? "").utf8.count { $0 == UInt8(ascii: "&") } + 1
        try Violation.unless(head.queryItems.count <= pieces, "\(head.queryItems.count) items of a query")
    }

    private static func checkFields(_ head: RequestHead, _ reference: ReferenceHead) throws(Violation) {
        let fields = reference.fields
        try Violation.unless(head.fieldCount == fields.count, "\(head.fieldCount) fields of \(fields.count) lines")
        var index = 0
        try head.forEachField { (name, value) throws(Violation) in
            try Violation.unless(index < fields.count, "more fields than lines")
            try Violation.unless(name == fields[index].name, "field name \(name) of \(fields[index].name)")
            try Violation.unless(value == fields[index].value, "field value \(value) of \(fields[index].value)")
            try Violation.unless(value.utf8.allSatisfy(ReferenceHead.isText), "a control character in \(name)")
            index += 1
        }
        for field in fields {
            let values = reference.values(of: field.key)
            try Violation.unless(head.values(of: field.name.uppercased()) == values, "the values of \(field.name)")
            try Violation.unless(head.first(field.key) == values.first, "the value of \(field.name)")
        }
    }

    private static func checkHost(_ head: RequestHead, _ reference: ReferenceHead) throws(Violation) {
        let hosts = reference.values(of: "host")
        try Violation.unless(hosts.count == 1 || (hosts.isEmpty && head.version == .http10), "\(hosts.count) hosts")
        guard let authority = head.authority else {
            return try Violation.unless(hosts.isEmpty, "no authority in spite of a host")
        }
        let isClean = !authority.isEmpty && authority.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"@/?#".utf8.contains($0) }
        try Violation.unless(isClean, "authority \(authority)")
    }

    private static func checkFraming(
        _ head: RequestHead, _ reference: ReferenceHead, _ limits: HTTPLimits
    ) throws(Violation) {
        let lengths = reference.values(of: "content-length")
        let codings = reference.list("transfer-encoding")
        switch head.framing {
        case .none:
            try Violation.unless(lengths.isEmpty && codings.isEmpty, "framing fields without a body")
        case .length(let count):
            try Violation.unless(codings.isEmpty, "a length beside a transfer coding")
            try Violation.unless(lengths == ["\(count)"], "length \(count) of \(lengths)")
            try Violation.unless(0...limits.bodyBytes ~= count, "length \(count) is over the limit")
        case .chunked:
            try Violation.unless(lengths.isEmpty, "a chunked body beside a length")
            try Violation.unless(codings == ["chunked"], "a chunked body by \(codings)")
            try Violation.unless(head.version == .http11, "a chunked body in HTTP/1.0")
        }
    }

    private static func checkConnection(_ head: RequestHead, _ reference: ReferenceHead) throws(Violation) {
        let options = reference.list("connection")
        let lives = !options.contains("close") && (head.version == .http11 || options.contains("keep-alive"))
        try Violation.unless(head.isKeepAlive == lives, "keep-alive is \(head.isKeepAlive) by \(options)")
        let expectations = reference.list("expect")
        try Violation.unless(expectations.allSatisfy { $0 == "100-continue" }, "expectations \(expectations)")
        let waits = !expectations.isEmpty && head.version == .http11 && head.framing.hasBody
        try Violation.unless(head.expectsContinue == waits, "expects \(head.expectsContinue) by \(expectations)")
    }
}
