/// The members of a JSON object: unique keys in the order of their first appearance.
///
/// Keys are compared byte by byte (RFC 8259, section 8.3), so composed and decomposed accents are different keys.
/// Where a text repeats a key, the last value wins and the key keeps its first place. Equality ignores order.
///
/// Up to 16 members are searched one by one; larger objects carry a hash index (seeded per process, so that keys
/// cannot be chosen to collide) and answer in constant time.
public struct JSONObject: Sendable {
    struct Entry: Sendable {
        let key: String
        var value: JSONValue
    }

    static let indexThreshold = 16
    private(set) var entries: [Entry]
    /// Where each key is; nil for small objects.
    private var index: [JSONKey: Int]?

    /// An object without members.
    public init() {
        entries = []
    }

    /// An object with these members; of equal keys the last value wins.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init(entries: members.map { Entry(key: $0.0, value: $0.1) })
    }

    init(entries: [Entry]) {
        self.entries = entries
        if entries.count <= Self.indexThreshold {
            if hasRepeatedKey { mergeRepeatedKeys() }
        } else {
            rebuildIndex()
            if index?.count != entries.count { mergeRepeatedKeys() }
        }
    }

    /// The number of members.
    public var count: Int { entries.count }

    /// Whether there are no members.
    public var isEmpty: Bool { entries.isEmpty }

    /// The keys in order.
    public var keys: some RandomAccessCollection<String> { entries.lazy.map(\.key) }

    /// The values in the order of their keys.
    public var values: some RandomAccessCollection<JSONValue> { entries.lazy.map(\.value) }

    /// The value of a key, nil if there is none. Setting keeps the place of a known key and appends a new one;
    /// setting nil removes the member, which takes time in proportion to the size.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { entries[$0].value } }
        set {
            guard let newValue else { return remove(key) }
            set(key, newValue)
        }
    }

    private func position(of key: String) -> Int? {
        if let index { return index[JSONKey(key)] }
        let size = key.utf8.count
        for index in entries.indices where entries[index].key.utf8.count == size {
            if entries[index].key.hasSameBytes(as: key) { return index }
        }
        return nil
    }

    private mutating func set(_ key: String, _ value: JSONValue) {
        if let position = position(of: key) {
            entries[position].value = value
            return
        }
        entries.append(Entry(key: key, value: value))
        if index != nil {
            index?[JSONKey(key)] = entries.count - 1
        } else if entries.count > Self.indexThreshold {
            rebuildIndex()
        }
    }

    private mutating func remove(_ key: String) {
        guard let position = position(of: key) else { return }
        entries.remove(at: position)
        rebuildIndex()
    }

    private mutating func rebuildIndex() {
        guard entries.count > Self.indexThreshold else {
            index = nil
            return
        }
        var index = [JSONKey: Int](minimumCapacity: entries.count)
        for position in entries.indices { index[JSONKey(entries[position].key)] = position }
        self.index = index
    }

    private var hasRepeatedKey: Bool {
        for later in entries.indices.dropFirst() {
            for earlier in 0..<later where entries[earlier].key.hasSameBytes(as: entries[later].key) {
                return true
            }
        }
        return false
    }

    private mutating func mergeRepeatedKeys() {
        let repeated = entries
        self = JSONObject()
        for entry in repeated { set(entry.key, entry.value) }
    }
}
