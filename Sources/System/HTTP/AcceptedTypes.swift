/// The media types that a client would like (`Accept`, RFC 9110 §12.5.1), without their parameters.
public struct AcceptedTypes: Sendable, Equatable {
    /// `type/subtype` in lower case, with `*` for any, and its weight in thousandths.
    private var ranges: [(name: String, weight: Int)] = []

    /// Reads the values of all fields. What cannot be understood is passed over: it names nothing.
    public init(_ values: [String]) {
        for element in values.flatMap({ $0.split(separator: ",") }) {
            let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let name = parts.first, name.contains("/") else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard quality.isFinite else { continue }
            ranges.append((name, Int(min(max(quality, 0), 1) * 1000)))
        }
    }

    /// The weight of a type that is named itself, not by a `*`; nil when it is not, the highest when it is more than
    /// once.
    public func weight(naming name: String) -> Int? {
        ranges.lazy.filter { $0.name == name }.map(\.weight).max()
    }

    /// Compares elements and weights.
    public static func == (left: AcceptedTypes, right: AcceptedTypes) -> Bool {
        left.ranges.elementsEqual(right.ranges) { $0 == $1 }
    }
}
