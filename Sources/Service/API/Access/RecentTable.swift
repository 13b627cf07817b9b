/// Values of the names that were used last: at least `capacity` of them, and never more than twice as many. Pure.
///
/// There are two generations. What is used goes to the younger one; when that is full, the older one is forgotten and
/// they change places. That keeps whatever a list in the order of use would keep, without one.
struct RecentTable<Value> {
    private var young: [String: Value] = [:]
    private var old: [String: Value] = [:]
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { young.count + old.count }

    /// The value of a name; setting one counts as use, nil forgets it.
    subscript(name: String) -> Value? {
        get { young[name] ?? old[name] }
        set {
            old[name] = nil
            young[name] = newValue
            guard young.count >= capacity else { return }
            old = young
            young = [:]
        }
    }

    /// All names with their values, in no order.
    var all: [(name: String, value: Value)] {
        young.map { ($0.key, $0.value) } + old.map { ($0.key, $0.value) }
    }
}
