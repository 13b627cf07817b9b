import HTTP

/// What must hold for the readers and writers of small texts.
enum TextProperties {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        try checkSegment(bytes)
        try checkForm(bytes)
        try checkDates(bytes)
        try checkResponseField(String(decoding: bytes, as: UTF8.self))
    }

    private static func checkSegment(_ bytes: [UInt8]) throws(Violation) {
        guard let text = PercentEncoding.decode(bytes[...]) else { return }
        try Violation.unless(!text.utf8.contains(0), "a decoded segment holds NUL")
        if !bytes.contains(UInt8(ascii: "%")) {
            try Violation.unless(text.utf8.elementsEqual(bytes), "a segment without encodings changed")
        }
        let again = PercentEncoding.decode(encoded(text)[...])
        try Violation.unless(again.map { $0.utf8.elementsEqual(text.utf8) } == true, "a segment changed: \(text)")
    }

    private static func checkForm(_ bytes: [UInt8]) throws(Violation) {
        let items = QueryItem.items(in: bytes[...])
        let pieces = bytes.count { $0 == UInt8(ascii: "&") } + 1
        try Violation.unless(items.count <= pieces, "\(items.count) items of \(pieces) pieces")
        let query = items.map { encoded($0.name) + [UInt8(ascii: "=")] + encoded($0.value) }
            .joined(separator: [UInt8(ascii: "&")])
        try Violation.unless(QueryItem.items(in: Array(query)[...]) == items, "a query changed: \(items)")
    }

    private static func checkDates(_ bytes: [UInt8]) throws(Violation) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let date = HTTPDate(parsing: text) {
            let isLeapSecond = text.hasSuffix(":60 GMT")
            try Violation.unless(date.description == text || isLeapSecond, "date \(text) became \(date)")
        }
        let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let date = HTTPDate(secondsSinceEpoch: Int(truncatingIfNeeded: number))
        try Violation.unless(date.description.utf8.count == 29, "date \(date) has another length")
        try Violation.unless(HTTPDate(parsing: date.description) == date, "date \(date) is not read again")
    }

    /// Whatever a value holds, it stays one value of one field.
    private static func checkResponseField(_ value: String) throws(Violation) {
        var fields = HeaderFields()
        fields.add("X-Text", value)
        fields.add("X-Next", "next")
        var names: [String] = []
        fields.forEachField { name, _ in names.append(name) }
        try Violation.unless(names == ["X-Text", "X-Next"], "a value split the fields: \(names)")
        let kept = fields.first("X-Text") ?? ""
        try Violation.unless(kept.utf8.count == value.utf8.count, "a value changed its length")
        try Violation.unless(kept.utf8.allSatisfy(ReferenceHead.isText), "a control character in a value")
    }

    private static func encoded(_ text: String) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return text.utf8.flatMap { [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}
