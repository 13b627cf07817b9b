import Synchronization

/// Whole numbers that threads add to without waiting for each other: each shard has a copy of every cell on cache lines
/// of its own, and a cell's value is the sum over the shards. Any thread.
final class ShardedCells: @unchecked Sendable {
    // Safety: `cells` is written once in init, and what it points to is atomic.
    private let cells: UnsafeMutablePointer<Atomic<Int>>
    private let shards: Int
    /// The number of shards is a power of two, so that any number names one by its last bits.
    private let mask: Int
    /// From one shard's first cell to the next one's.
    private let stride: Int
    /// Of 64 bytes, on all machines that matter.
    private static let cellsPerLine = 8

    init(count: Int, shards: Int) {
        let lines = (count + Self.cellsPerLine - 1) / Self.cellsPerLine
        stride = lines * Self.cellsPerLine
        let shards = 1 << (Int.bitWidth - max(0, shards - 1).leadingZeroBitCount)
        self.shards = shards
        mask = shards - 1
        let bytes = stride * shards * MemoryLayout<Atomic<Int>>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        cells = memory.bindMemory(to: Atomic<Int>.self, capacity: stride * shards)
        for index in 0..<stride * shards { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: stride * shards)
        UnsafeMutableRawPointer(cells).deallocate()
    }

    /// Adds to a cell, wrapping around. Threads that use different shards do not disturb each other; any number names
    /// a shard.
    func add(_ amount: Int, to cell: Int, shard: Int) {
        cells[(shard & mask) * stride + cell].wrappingAdd(amount, ordering: .relaxed)
    }

    /// The sum over the shards. What is added meanwhile may or may not be in it.
    func total(_ cell: Int) -> Int {
        (0..<shards).reduce(0) { $0 &+ cells[$1 * stride + cell].load(ordering: .relaxed) }
    }
}
