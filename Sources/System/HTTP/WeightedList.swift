/// What a client would like and how much: the lists of `Accept-Encoding`, `Accept-Language` and `Accept-Charset`
/// (RFC 9110 §12.4.2), elements in the order they came.
public struct WeightedList: Sendable, Equatable {
    /// A token and its weight.
    public struct Element: Sendable, Equatable {
        /// The token in lower case; `*` stands for all that are not named.
        public let name: String
        /// In thousandths, 0 … 1 000; zero means "not this one", and an element that says nothing has 1 000.
        public let weight: Int
    }

    /// The elements; those that are empty are left out.
    public private(set) var elements: [Element] = []

    /// Reads the values of all fields of one name; nil when they are malformed anywhere.
    public init?(_ values: [String]) {
        for value in values {
            let bytes = value.utf8.span
            var list = ListCursor(0..<bytes.count)
            while let range = list.next(in: bytes) {
                if range.isEmpty { continue }
                guard let element = Element(range, in: bytes) else { return nil }
                elements.append(element)
            }
        }
    }

    /// The weight of the element with this name, which is lower case; the lowest if there are several.
    public func weight(of name: String) -> Int? {
        elements.lazy.filter { $0.name == name }.map(\.weight).min()
    }
}

extension WeightedList.Element {
    fileprivate init?(_ range: Range<Int>, in bytes: Span<UInt8>) {
        let semicolon = bytes.firstIndex(of: .semicolon, in: range)
        let token = bytes.trimmed(range.lowerBound..<(semicolon ?? range.upperBound))
        guard !token.isEmpty else { return nil }
        for index in token where !ByteSet.token.contains(bytes[index]) { return nil }
        var weight: Int? = 1000
        if let semicolon {
            weight = Self.weight(bytes.trimmed(semicolon + 1..<range.upperBound), in: bytes)
        }
        guard let weight else { return nil }
        self.weight = weight
        name = bytes.text(token).lowercased()
    }

    /// `q=` and a number of at most three decimals (RFC 9110 §12.4.2).
    private static func weight(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        let (start, digits) = (range.lowerBound, range.dropFirst(3))
        guard range.count >= 3, bytes.holds(lowercase: "q=", at: start..<start + 2) else { return nil }
        guard bytes[start + 2] == .zero || bytes[start + 2] == .zero + 1 else { return nil }
        var weight = bytes[start + 2] == .zero ? 0 : 1000
        guard digits.count <= 4, digits.first.map({ bytes[$0] == UInt8(ascii: ".") }) ?? true else { return nil }
        for (index, unit) in zip(digits.dropFirst(), [100, 10, 1]) {
            guard ByteSet.digit.contains(bytes[index]) else { return nil }
            weight += Int(bytes[index] - .zero) * unit
        }
        return weight <= 1000 ? weight : nil
    }
}
