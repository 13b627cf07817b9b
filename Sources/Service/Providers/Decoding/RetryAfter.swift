import JSON
import Telemetry

/// How long a provider asks to be left alone.
enum RetryAfter {
    /// What a larger wish is cut to.
    static let maximum = Duration.seconds(3600)

    /// Reads the header: seconds, also with decimals, or a date of HTTP's (RFC 9110, 10.2.3). Nil for anything else.
    static func read(_ value: String, now: WallTime) -> Duration? {
        let text = value.filter { $0 != " " }
        if let first = text.utf8.first, (0x30...0x39).contains(first), let seconds = Double(text) {
            return bounded(seconds)
        }
        return httpDate(value).map { bounded(Double($0 - now.seconds)) }
    }

    /// Reads Google's `retryDelay`: `37s`, `1.5s`.
    static func readGoogle(_ value: String) -> Duration? {
        guard value.hasSuffix("s"), let seconds = Double(value.dropLast()), seconds.isFinite else { return nil }
        return bounded(seconds)
    }

    private static func bounded(_ seconds: Double) -> Duration {
        min(.seconds(max(0, min(seconds, 1e9))), maximum)
    }

    /// Seconds since the epoch of `Sun, 06 Nov 1994 08:49:37 GMT`; the two older forms are not read.
    static func httpDate(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int64(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            (1970...9999).contains(year)
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, clock.allSatisfy({ (0...60).contains($0) }) else { return nil }
        return days(year, Int64(month + 1), day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days from the epoch to a date; years begin on 1 March, so that the leap day comes last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
