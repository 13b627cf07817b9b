/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7).
public struct HTTPDate: Hashable, Sendable, Comparable {
    /// Seconds since 1970-01-01 00:00:00 UTC, within the years 1 to 9999.
    public let secondsSinceEpoch: Int

    private static let earliest = -62_135_596_800
    private static let latest = 253_402_300_799
    static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"].map { Array($0.utf8) }
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    /// A moment; beyond the years 1 to 9999 the nearest one that can be written.
    public init(secondsSinceEpoch: Int) {
        self.secondsSinceEpoch = min(max(secondsSinceEpoch, HTTPDate.earliest), HTTPDate.latest)
    }

    /// Appends the 29 bytes of the date.
    public func append(to output: inout [UInt8]) {
        let days = secondsSinceEpoch.dividedRoundingDown(by: 86_400)
        let second = secondsSinceEpoch - days * 86_400
        let date = CivilDate(daysSinceEpoch: days)
        output.append(contentsOf: HTTPDate.weekdays[days - days.dividedRoundingDown(by: 7) * 7])
        output.append(contentsOf: [.comma, .space])
        output.append(decimal: date.day, width: 2)
        output.append(.space)
        output.append(contentsOf: HTTPDate.months[date.month - 1])
        output.append(.space)
        output.append(decimal: date.year, width: 4)
        output.append(.space)
        output.append(decimal: second / 3_600, width: 2)
        output.append(.colon)
        output.append(decimal: second / 60 % 60, width: 2)
        output.append(.colon)
        output.append(decimal: second % 60, width: 2)
        output.append(contentsOf: " GMT".utf8)
    }

    /// Earlier before later.
    public static func < (left: HTTPDate, right: HTTPDate) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }
}

extension HTTPDate: CustomStringConvertible {
    /// The date in IMF-fixdate form.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
