public import Telemetry

/// When a key that is made ends.
public enum KeyEnd: Sendable, Equatable {
    /// So long after it was made.
    case after(Duration)
    /// At this moment.
    case at(WallTime)

    /// What a text has to be, for people who wrote another one.
    public static let expectation = "a time such as 90d, 12h or 30m, or a day such as 2027-01-31"

    /// `90d`, `12h`, `30m`, or a day, which is meant in UTC: `2027-01-31`. Nil for anything else, and for what is
    /// more than a hundred years away.
    public init?(_ text: String) {
        let units: [Character: Int] = ["d": 86_400, "h": 3_600, "m": 60]
        if let unit = text.last.flatMap({ units[$0] }) {
            let most = 36_500 * 86_400 / unit
            guard let count = WholeNumber.parse(text.dropLast()), (1...most).contains(count) else { return nil }
            self = .after(.seconds(count * unit))
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = WholeNumber.parse(parts[0]),
            let month = WholeNumber.parse(parts[1]), let day = WholeNumber.parse(parts[2])
        else { return nil }
        let moment = WallTime(microseconds: Self.days(year, month, day) * 86_400_000_000)
        // A day that no month has is another one when it is written back.
        guard (1970...2199).contains(year), moment.rfc3339.hasPrefix(text) else { return nil }
        self = .at(moment)
    }

    /// The moment for a key that is made at `time`.
    public func moment(from time: WallTime) -> WallTime {
        switch self {
        case .after(let duration): WallTime(microseconds: time.microseconds + duration.components.seconds * 1_000_000)
        case .at(let moment): moment
        }
    }

    /// Days since 1970-01-01 of a date in the Gregorian calendar; years begin in March, so that the leap day is last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }
}

extension KeyEnd: CustomStringConvertible {
    /// The text that reads as this, to the minute.
    public var description: String {
        switch self {
        case .after(let duration): "\(duration.components.seconds / 60)m"
        case .at(let moment): String(moment.rfc3339.prefix(10))
        }
    }
}
