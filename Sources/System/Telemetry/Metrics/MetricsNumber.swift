/// A number as both formats read it.
struct MetricsNumber {
    let text: String

    /// `count` of something of which `unitsPerOne` make one.
    init(_ count: Int, per unitsPerOne: Int) {
        text = unitsPerOne == 1 ? String(count) : Self.text(of: Double(count) / Double(unitsPerOne))
    }

    init(_ value: Double) {
        text = Self.text(of: value)
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
        return String(value)
    }

    /// With a fraction in any case: the form that OpenMetrics wants for the bounds of buckets.
    var fractional: String { text.contains { ".eE".contains($0) } ? text : text + ".0" }
}
