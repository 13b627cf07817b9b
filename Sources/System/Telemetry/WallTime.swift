import Glibc

/// A moment in civil time, in microseconds since 1970-01-01T00:00:00Z. PostgreSQL's `timestamptz` has the same
/// resolution.
public struct WallTime: Comparable, Hashable, Sendable {
    /// Microseconds since the Unix epoch, leap seconds not counted.
    public let microseconds: Int64

    /// Wraps a count.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The system's clock (`CLOCK_REALTIME`).
    public static var now: WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Orders by time.
    public static func < (left: WallTime, right: WallTime) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    }

    /// RFC 3339 in UTC with microseconds: `2026-05-09T08:15:30.000125Z`.
    public var rfc3339: String {
        let fraction = microseconds - seconds * 1_000_000
        let (year, month, day) = civilDate
        let time = seconds - daysSinceEpoch * 86_400
        guard 0...9999 ~= year else {
            return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T"
                + "\(pad(time / 3600, 2)):\(pad(time / 60 % 60, 2)):\(pad(time % 60, 2)).\(pad(fraction, 6))Z"
        }
        return String(unsafeUninitializedCapacity: 27) { buffer in
            var end = 0
            func append(_ number: Int64, _ width: Int, then mark: Unicode.Scalar) {
                var rest = number
                for place in (end..<end + width).reversed() {
                    buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                buffer[end + width] = UInt8(ascii: mark)
                end += width + 1
            }
            append(year, 4, then: "-")
            append(month, 2, then: "-")
            append(day, 2, then: "T")
            append(time / 3600, 2, then: ":")
            append(time / 60 % 60, 2, then: ":")
            append(time % 60, 2, then: ".")
            append(fraction, 6, then: "Z")
            return end
        }
    }

    private var daysSinceEpoch: Int64 {
        seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }

    /// Days to date in the proleptic Gregorian calendar: eras of 400 years that begin on 1 March, so that the
    /// leap day comes last.
    private var civilDate: (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
