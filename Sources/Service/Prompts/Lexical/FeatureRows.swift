/// Numbers features from 0 in the order in which they come, each once. A table with open addressing: features are
/// hashes already, which `Dictionary` would hash once more, and that takes longer than all else that is done with them.
struct FeatureRows: Sendable {
    private(set) var count = 0
    /// A power of two of them, of which at least half are free, so that each search ends.
    private var slots: [Slot]

    private struct Slot {
        var hash: UInt64
        /// Below 0 in a free one.
        var row: Int
    }

    private static let leastBits = 4
    private static let free = Slot(hash: 0, row: -1)
    /// Another in each process, as for `Dictionary`: nobody can choose a text whose features all want the same slots.
    private static let seed: UInt64 = {
        var hasher = Hasher()
        hasher.combine("features")
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }()
    /// 2^64 divided by the golden ratio: what differs little is far apart in the upper bits (Knuth, volume 3, 6.4).
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// With room for so many features; more make it grow.
    init(capacity: Int = 0) {
        let bits = Int.bitWidth - (2 * capacity).leadingZeroBitCount
        slots = Array(repeating: Self.free, count: 1 << max(Self.leastBits, bits))
    }

    /// The number of a feature; nil for one that has not come.
    func row(of hash: UInt64) -> Int? {
        let row = slots[place(of: hash)].row
        return row < 0 ? nil : row
    }

    /// The number of a feature, which is the next one where it has not come before.
    @discardableResult
    mutating func add(_ hash: UInt64) -> (row: Int, isNew: Bool) {
        let place = place(of: hash)
        guard slots[place].row < 0 else { return (slots[place].row, false) }
        slots[place] = Slot(hash: hash, row: count)
        count += 1
        if count > slots.count / 2 { grow() }
        return (count - 1, true)
    }

    /// Where the feature is, or the free slot in which it would be.
    private func place(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        let mixed = (hash ^ Self.seed) &* Self.multiplier
        var place = Int(truncatingIfNeeded: mixed >> 32) & mask
        while slots[place].row >= 0, slots[place].hash != hash { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Self.free, count: 2 * old.count)
        for slot in old where slot.row >= 0 { slots[place(of: slot.hash)] = slot }
    }
}
