/// The pieces of a raw path between its slashes: `/a//b/` gives `a`, an empty one, `b`, an empty one; `/` gives a
/// single empty one. Dots and percent-encodings stay as they are.
public struct PathSegments: Sequence, IteratorProtocol, Sendable {
    private var rest: ArraySlice<UInt8>?

    init(path: ArraySlice<UInt8>) {
        rest = path.first == .slash ? path.dropFirst() : path
    }

    /// The next raw segment; shares storage with the head it came from.
    public mutating func next() -> ArraySlice<UInt8>? {
        guard let current = rest else { return nil }
        guard let slash = current.firstIndex(of: .slash) else {
            rest = nil
            return current
        }
        rest = current[(slash + 1)...]
        return current[..<slash]
    }
}
