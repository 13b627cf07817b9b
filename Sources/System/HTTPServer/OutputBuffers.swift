/// A loop's stock of buffers for responses.
final class OutputBuffers {
    @exclusivity(unchecked) private var stock: [[UInt8]] = []
    private static let most = 64
    private static let size = 4096
    private static let largest = 131_072

    func take() -> [UInt8] {
        if let buffer = stock.popLast() { return buffer }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(Self.size)
        return buffer
    }

    /// Takes a buffer back and leaves an empty array. Too many and too large ones are freed.
    func give(_ buffer: inout [UInt8]) {
        var returned: [UInt8] = []
        swap(&returned, &buffer)
        guard stock.count < Self.most, returned.capacity <= Self.largest else { return }
        returned.removeAll(keepingCapacity: true)
        stock.append(returned)
    }
}
