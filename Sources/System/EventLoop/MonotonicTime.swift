import CLinux

/// A point on the system's monotonic clock (`CLOCK_MONOTONIC`), in nanoseconds. It never jumps back and does
/// not count wall-clock changes. Only differences mean anything.
public struct MonotonicTime: Comparable, Hashable, Sendable {
    /// Nanoseconds since an unspecified start (boot, on Linux).
    public let nanoseconds: Int64

    /// Wraps a raw clock reading.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The current reading; about 25 ns.
    public static var now: MonotonicTime {
        MonotonicTime(nanoseconds: clinux_monotonic_nanoseconds())
    }

    /// Orders two readings of the same machine's clock.
    public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The point `duration` later; saturates instead of overflowing.
    public static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, overflow) = time.nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return MonotonicTime(nanoseconds: overflow ? duration < .zero ? .min : .max : sum)
    }

    /// The time between two points; negative when `right` is later. Saturates, since the lowest and the highest count
    /// stand for "never yet" and "never".
    public static func - (left: MonotonicTime, right: MonotonicTime) -> Duration {
        let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
        return .nanoseconds(overflow ? right.nanoseconds < 0 ? .max : .min : difference)
    }
}

extension Duration {
    /// The whole value in nanoseconds, saturating at about ±292 years.
    public var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }

    /// The value in seconds as a floating-point number.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
