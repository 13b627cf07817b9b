/// The header fields, by name in any case, in the order they came.
extension RequestHead {
    /// The number of field lines.
    public var fieldCount: Int { fields.count }

    /// The first value of this name as text; bytes that are not UTF-8 become U+FFFD.
    public func first(_ name: String) -> String? {
        line(named: name).map { text($0.value) }
    }

    /// Every value of this name, one for each field line; lists are not taken apart.
    public func values(of name: String) -> [String] {
        let (wanted, head) = (name.utf8.span, bytes.span)
        var values: [String] = []
        for field in fields where head.equals(wanted, at: field.name.range, ignoringCase: true) {
            values.append(text(field.value))
        }
        return values
    }

    /// Whether a field of this name is there.
    public func contains(_ name: String) -> Bool {
        line(named: name) != nil
    }

    /// Whether the first field of this name has exactly this value; makes no text.
    public func hasValue(_ name: String, equalTo value: String, ignoringCase: Bool = false) -> Bool {
        guard let field = line(named: name) else { return false }
        return bytes.span.equals(value.utf8.span, at: field.value.range, ignoringCase: ignoringCase)
    }

    /// Visits all fields in order, names as they were sent.
    public func forEachField<Failure: Error>(
        _ body: (_ name: String, _ value: String) throws(Failure) -> Void
    ) throws(Failure) {
        for field in fields { try body(text(field.name), text(field.value)) }
    }

    private func line(named name: String) -> FieldLine? {
        let (wanted, head) = (name.utf8.span, bytes.span)
        for field in fields where head.equals(wanted, at: field.name.range, ignoringCase: true) { return field }
        return nil
    }
}
