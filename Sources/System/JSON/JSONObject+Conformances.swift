extension JSONObject: Sequence {
    /// Goes over the members in order.
    public struct Iterator: IteratorProtocol {
        fileprivate var entries: IndexingIterator<[Entry]>

        /// The next member.
        public mutating func next() -> (key: String, value: JSONValue)? {
            entries.next().map { ($0.key, $0.value) }
        }
    }

    /// Goes over the members in order.
    public func makeIterator() -> Iterator {
        Iterator(entries: entries.makeIterator())
    }

    /// The exact number of members.
    public var underestimatedCount: Int { count }
}

extension JSONObject: Equatable {
    /// The same keys with equal values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The members in this order; of equal keys the last value wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}

extension JSONObject: CustomStringConvertible {
    /// The object as compact JSON text.
    public var description: String { JSONValue.object(self).description }
}
