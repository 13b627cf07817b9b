/// A page of metrics in the making.
struct MetricsPage {
    private(set) var bytes: [UInt8] = []
    private let format: MetricsFormat

    init(_ format: MetricsFormat) {
        self.format = format
        bytes.reserveCapacity(65_536)
    }

    /// What comes before a family's samples.
    mutating func begin(_ description: MetricDescription) {
        let name = format == .openMetrics ? description.name : description.exposedName
        append("# HELP \(name) \(escaped(help: description.help))\n")
        append("# TYPE \(name) \(description.kind.rawValue)\n")
        if format == .openMetrics, let unit = description.unit { append("# UNIT \(name) \(unit)\n") }
    }

    /// One line. `bound` is a bucket's.
    mutating func sample(_ series: Series, suffix: String, bound: String? = nil, value: MetricsNumber) {
        append(series.name)
        append(suffix)
        if !series.labels.isEmpty || bound != nil {
            append("{")
            append(series.labels)
            if let bound {
                append(series.labels.isEmpty ? "le=\"" : ",le=\"")
                append(bound)
                append("\"")
            }
            append("}")
        }
        append(" ")
        append(value.text)
        append("\n")
    }

    /// What comes after everything.
    mutating func end() {
        if format == .openMetrics { append("# EOF\n") }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private func escaped(help: String) -> String {
        let text = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return format == .openMetrics ? text.replacing("\"", with: "\\\"") : text
    }
}
