/// Bounds of buckets that several families share.
public enum HistogramBounds {
    /// Of answers that take from half a millisecond to ten seconds, in nanoseconds.
    public static let requests = milliseconds([0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000])
    /// Of jobs, which take from ten milliseconds to ten minutes, in nanoseconds.
    public static let jobs = milliseconds([
        10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000,
    ])
    /// Of calls of a model, in nanoseconds; those of OpenTelemetry's conventions.
    public static let modelCalls = milliseconds([
        10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 20_480, 40_960, 81_920,
    ])
    /// Of queries and short delays, from a tenth of a millisecond to a second, in nanoseconds.
    public static let moments = milliseconds([0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000])
    /// Of tokens; those of OpenTelemetry's conventions, up to a million.
    public static let tokens = (0...10).map { 1 << (2 * $0) }

    private static func milliseconds(_ bounds: [Double]) -> [Int] {
        bounds.map { Int($0 * 1_000_000) }
    }
}
