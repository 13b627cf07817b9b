/// A body of `multipart/form-data` (RFC 7578), read leniently.
struct FakeForm {
    /// One of its parts.
    struct Part: Sendable, Equatable {
        var name = ""
        var filename: String?
        var type: String?
        var content: [UInt8] = []
    }

    /// The parts in their order.
    let parts: [Part]

    /// Nil when the request's type or its body is another one.
    init?(contentType: String?, body: [UInt8]) {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty
        else { return nil }
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first mark has no line end of its own before it.
        var rest = ([13, 10] + body)[...]
        var parts: [Part] = []
        guard let first = rest.firstRange(of: mark) else { return nil }
        rest = rest[first.upperBound...]
        while !rest.starts(with: Array("--".utf8)) {
            guard let next = rest.firstRange(of: mark), let part = Self.part(rest[..<next.lowerBound]) else {
                return nil
            }
            parts.append(part)
            rest = rest[next.upperBound...]
        }
        self.parts = parts
    }

    /// The content of a part as text.
    func text(_ name: String) -> String? {
        parts.first { $0.name == name }.map { String(decoding: $0.content, as: UTF8.self) }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        guard let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var part = Part(content: Array(bytes[blank.upperBound...]))
        for line in String(decoding: bytes[..<blank.lowerBound], as: UTF8.self).split(separator: "\r\n") {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let value = String(halves[1].drop { $0 == " " })
            switch halves[0].lowercased() {
            case "content-disposition":
                part.name = parameter("name", of: value) ?? ""
                part.filename = parameter("filename", of: value)
            case "content-type": part.type = value
            default: continue
            }
        }
        return part
    }

    /// `name="value"` or `name=value` behind a semicolon.
    private static func parameter(_ name: String, of field: String) -> String? {
        for item in field.split(separator: ";").dropFirst() {
            let halves = item.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].drop(while: { $0 == " " }).lowercased() == name else { continue }
            return halves[1].filter { $0 != "\"" }
        }
        return nil
    }
}
