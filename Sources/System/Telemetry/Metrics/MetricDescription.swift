/// What a family of time series is.
public struct MetricDescription: Sendable, Equatable {
    /// What kind of number it holds.
    public enum Kind: String, Sendable {
        /// Only grows.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts by size.
        case histogram
    }

    /// Snake case, ending with the unit where there is one, and without `_total`.
    public let name: String
    /// What kind of number it holds.
    public let kind: Kind
    /// The plural of a base unit: `seconds`, `bytes`; nil for plain numbers.
    public let unit: String?
    /// One sentence.
    public let help: String
    /// The names of its labels.
    public let labels: [String]
    /// How many of what is counted make one of `unit`: 1 000 000 000 where nanoseconds are counted and seconds shown.
    let unitsPerOne: Int
    /// Upper bounds of a histogram's buckets, ascending, in what is counted.
    let bounds: [Int]

    init(
        _ name: String, _ kind: Kind, unit: MetricUnit, _ help: String, labels: [String], bounds: [Int] = []
    ) {
        precondition(Self.isName(name) && labels.allSatisfy(Self.isName), "no name of a metric: \(name)")
        precondition(unit.name.map { name.hasSuffix("_" + $0) } ?? true, "\(name) does not end with its unit")
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds of \(name) do not ascend")
        precondition(!name.hasSuffix("_total"), "\(name): only counters end so, and by themselves")
        self.name = name
        self.kind = kind
        self.unit = unit.name
        self.help = help
        self.labels = labels
        unitsPerOne = unit.unitsPerOne
        self.bounds = bounds
    }

    /// As it is asked for in a query: counters end with `_total`.
    public var exposedName: String { kind == .counter ? name + "_total" : name }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
        }
    }
}
