extension String {
    /// The text without NUL characters, which PostgreSQL does not store: U+FFFD stands for each.
    public var storable: String {
        guard containsNUL else { return self }
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar == "\0" ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }

    /// Whether a byte is zero; looked for in the bytes themselves, since it is asked about every text of every job.
    var containsNUL: Bool {
        let bytes = utf8.span
        for index in bytes.indices where bytes[unchecked: index] == 0 { return true }
        return false
    }
}
