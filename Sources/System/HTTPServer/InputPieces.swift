/// A loop's stock of memory to read into.
final class InputPieces {
    @exclusivity(unchecked) private var stock: [UnsafeMutableRawBufferPointer] = []
    private static let most = 64
    static let size = 16_384

    deinit {
        for piece in stock { piece.deallocate() }
    }

    func take(atLeast count: Int) -> UnsafeMutableRawBufferPointer {
        if count <= Self.size, let piece = stock.popLast() { return piece }
        return .allocate(byteCount: max(Self.size, count), alignment: 16)
    }

    /// Takes a piece back; too many of them and those of another size are freed.
    func give(_ piece: UnsafeMutableRawBufferPointer) {
        if piece.count == Self.size, stock.count < Self.most {
            stock.append(piece)
        } else {
            piece.deallocate()
        }
    }
}
