extension Span where Element == UInt8 {
    /// Looks for the CRLF that ends a line and gives the index of its CR, or `nil` when it is not there yet.
    ///
    /// Bytes that may stand in no line are refused at the first one met, so a line that is returned holds nothing
    /// but text and HTAB. `position` moves past what needs no second look.
    @inline(__always)
    func endOfLine(from position: inout Int, to end: Int) throws(RequestError) -> Int? {
        while true {
            let index = indexOfControl(from: position, to: end)
            guard index < end else {
                position = end
                return nil
            }
            switch self[index] {
            case .tab:
                position = index + 1
            case .carriageReturn:
                guard index + 1 < end else {
                    position = index
                    return nil
                }
                guard self[index + 1] == .lineFeed else { throw .bareCR }
                return index
            case let byte:
                throw RequestError.refusal(ofControl: byte)
            }
        }
    }

    /// The first byte below SP, or DEL; `end` when there is none.
    ///
    /// Eight bytes at a time: subtracting SP from each byte borrows into its top bit exactly when it was smaller. A
    /// borrow can only spoil bytes above a true hit, and the lowest hit is the one that counts.
    @inline(__always)
    private func indexOfControl(from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let raw = bytes
        var index = start
        while index &+ 8 <= end {
            let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            let deletes = word ^ (ones &* 0x7F)
            let hits = ((word &- ones &* 0x20) & ~word | (deletes &- ones) & ~deletes) & tops
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end {
            let byte = self[index]
            if byte < .space || byte == .delete { return index }
            index &+= 1
        }
        return end
    }
}
