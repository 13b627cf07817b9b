extension String {
    /// The text without NUL characters, which PostgreSQL does not store: U+FFFD stands for each.
    var storable: String {
        guard utf8.contains(0) else { return self }
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar == "\0" ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }
}
