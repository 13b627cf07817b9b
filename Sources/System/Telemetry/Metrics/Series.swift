/// The name and the labels of a time series, written out once.
struct Series: Sendable {
    let name: String
    /// `a="x",b="y"`, values escaped; empty without labels. A label with an empty value is the same as none, and left
    /// out.
    let labels: String

    init(_ description: MetricDescription, _ values: [String]) {
        name = description.name
        labels = zip(description.labels, values).filter { !$1.isEmpty }.map { label, value in
            "\(label)=\"\(Self.escaped(value))\""
        }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
