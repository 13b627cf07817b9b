extension String {
    /// The text without NUL characters, which PostgreSQL does not store: U+FFFD stands for each.
    public var storable: String {
        guard containsNUL else { return self }
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar == "\0" ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }

    /// Whether a byte is zero; looked for in the bytes themselves, eight at a time, since it is asked about every text
    /// of every job.
    var containsNUL: Bool {
        utf8.span.withUnsafeBytes { bytes in
            var index = 0
            let lastWord = bytes.count - 8
            while index <= lastWord {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // One less than a byte below 0x80 has its high bit set only when the byte is zero.
                if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
                index &+= 8
            }
            while index < bytes.count, bytes[index] != 0 { index &+= 1 }
            return index < bytes.count
        }
    }
}
