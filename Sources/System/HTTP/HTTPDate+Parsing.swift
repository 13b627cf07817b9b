extension HTTPDate {
    /// Reads an IMF-fixdate; `nil` for anything else, for a day that does not exist and for a wrong day of the week.
    ///
    /// The two obsolete forms of RFC 9110 §5.6.7 are not read: a condition in one of them counts as absent.
    public init?(parsing text: String) {
        let bytes = text.utf8.span
        guard let date = HTTPDate.civilDate(in: bytes), let second = HTTPDate.secondOfDay(in: bytes) else { return nil }
        let days = date.daysSinceEpoch
        let weekday = HTTPDate.weekdays[days - days.dividedRoundingDown(by: 7) * 7]
        guard bytes.equals(weekday.span, at: 0..<3, ignoringCase: false) else { return nil }
        self.init(secondsSinceEpoch: days * 86_400 + second)
    }

    /// `Sun, 06 Nov 1994` at 0, in a text of exactly 29 bytes.
    private static func civilDate(in bytes: Span<UInt8>) -> CivilDate? {
        guard bytes.count == 29, bytes.holds(", ", at: 3..<5), bytes[7] == .space, bytes[11] == .space,
            let day = number(in: bytes, at: 5..<7), let year = number(in: bytes, at: 12..<16),
            let month = months.firstIndex(where: { $0.elementsEqual([bytes[8], bytes[9], bytes[10]]) })
        else { return nil }
        return CivilDate(year: year, month: month + 1, day: day)
    }

    /// ` 08:49:37 GMT` at 16. A leap second counts as the second before it.
    private static func secondOfDay(in bytes: Span<UInt8>) -> Int? {
        guard bytes[16] == .space, bytes[19] == .colon, bytes[22] == .colon, bytes.holds(" GMT", at: 25..<29),
            let hour = number(in: bytes, at: 17..<19), hour < 24,
            let minute = number(in: bytes, at: 20..<22), minute < 60,
            let second = number(in: bytes, at: 23..<25), second <= 60
        else { return nil }
        return hour * 3_600 + minute * 60 + min(second, 59)
    }

    private static func number(in bytes: Span<UInt8>, at range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            guard ByteSet.digit.contains(bytes[index]) else { return nil }
            value = value * 10 + Int(bytes[index] - .zero)
        }
        return value
    }
}
