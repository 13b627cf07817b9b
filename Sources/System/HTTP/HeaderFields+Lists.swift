/// Fields whose values are lists (RFC 9110 §5.6.1). Nothing is copied to look at them, since most responses are looked
/// at.
extension HeaderFields {
    /// Whether a list of this name has this element, in any case of its letters.
    public func contains(_ element: String, in name: FieldName) -> Bool {
        let (span, wanted) = (bytes.span, element.utf8.span)
        var start = 0
        while let line = line(named: name, from: start) {
            var list = ListCursor(line.value)
            while let range = list.next(in: span) {
                if span.equals(wanted, at: range, ignoringCase: true) { return true }
            }
            start = line.end
        }
        return false
    }

    /// Whether the first field of this name has exactly this value.
    public func hasValue(_ name: FieldName, equalTo value: String) -> Bool {
        guard let line = line(named: name, from: 0) else { return false }
        return bytes.span.equals(value.utf8.span, at: line.value, ignoringCase: false)
    }

    /// Adds an element at the end of the list of this name, or begins one.
    public mutating func append(_ element: FieldName, toList name: FieldName) {
        var last: Line?
        while let line = line(named: name, from: last?.end ?? 0) { last = line }
        guard let last else { return add(name, element.text) }
        let separator = last.value.isEmpty ? "" : ", "
        bytes.insert(contentsOf: (separator + element.text).utf8, at: last.value.upperBound)
    }
}
