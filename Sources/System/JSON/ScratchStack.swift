/// Holds the elements of the arrays that are still being read, so that each finished array is allocated once, at
/// its exact size, and its elements are moved instead of copied.
struct ScratchStack<Element>: ~Copyable {
    // Safety: the first `count` places of `storage` are initialised, the rest is not.
    private var storage = UnsafeMutableBufferPointer<Element>(start: nil, count: 0)
    private(set) var count = 0

    deinit {
        storage[..<count].deinitialize()
        storage.deallocate()
    }

    mutating func push(_ element: consuming Element) {
        if count == storage.count { grow() }
        storage.initializeElement(at: count, to: element)
        count += 1
    }

    /// Takes away all elements from index `mark` on.
    mutating func popArray(from mark: Int) -> [Element] {
        // `Array(unsafeUninitializedCapacity:)` looks up its type at run time, which small arrays would feel.
        var elements: [Element] = []
        elements.reserveCapacity(count - mark)
        for index in mark..<count { elements.append(storage.moveElement(from: index)) }
        count = mark
        return elements
    }

    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(16, 2 * count))
        _ = larger.moveInitialize(fromContentsOf: storage[..<count])
        storage.deallocate()
        storage = larger
    }
}
